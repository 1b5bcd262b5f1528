//! Where a request comes from, as far as that can be known.

use axum::{extract::ConnectInfo, http::HeaderMap, http::request::Parts};
use ipnet::IpNet;
use serde::Deserialize;
use std::{
    fmt,
    net::{IpAddr, Ipv6Addr, SocketAddr},
    str::FromStr,
};

/// The address that tries are counted for: one of IPv4, or the network of a customer of IPv6.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClientAddress(IpAddr);

impl ClientAddress {
    /// An address as tries are counted for it.
    pub fn new(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V6(address) => {
                Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64)).into()
            }
            address => address,
        })
    }

    /// Where a request comes from: its peer, unless that is a trusted proxy which says otherwise.
    pub fn of(parts: &Parts, proxies: &TrustedProxies) -> Self {
        let peer = parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map_or(Ipv6Addr::UNSPECIFIED.into(), |ConnectInfo(peer)| peer.ip());
        Self::new(proxies.see_through(peer, &parts.headers))
    }
}

impl fmt::Display for ClientAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The proxies whose `X-Forwarded-For` is believed: addresses and networks, separated by commas.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct TrustedProxies(Vec<IpNet>);

impl TrustedProxies {
    fn trusts(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(&address))
    }

    /// The last hop that is not a proxy of ours: what lies before it anybody can write.
    fn see_through(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let lists = headers.get_all("x-forwarded-for").iter();
        let lists: Vec<&str> = lists.filter_map(|list| list.to_str().ok()).collect();
        let mut hops = lists.iter().rev().flat_map(|list| list.rsplit(','));
        let mut seen = peer;
        while self.trusts(seen) {
            match hops.next().and_then(read_hop) {
                Some(hop) => seen = hop,
                None => break,
            }
        }
        seen
    }
}

/// An address with or without a port.
fn read_hop(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let with_port = || text.parse::<SocketAddr>().map(|address| address.ip());
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    bare.parse().or_else(|_| with_port()).ok()
}

impl FromStr for TrustedProxies {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let read = |item: &str| {
            let network = item.parse::<IpNet>();
            let network = network.or_else(|_| item.parse::<IpAddr>().map(IpNet::from));
            network.map_err(|_| format!("{item:?} is neither an address nor a network"))
        };
        let items = text
            .split(',')
            .map(str::trim)
            .filter(|item| !item.is_empty());
        items.map(read).collect::<Result<_, _>>().map(Self)
    }
}

impl TryFrom<String> for TrustedProxies {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_trusted_proxies_are_believed() {
        let none = "";
        let two = "10.0.0.0/8, ::1";
        for (trusted, peer, forwarded, wanted) in [
            (none, "192.0.2.1", vec!["198.51.100.7"], "192.0.2.1"),
            (two, "192.0.2.1", vec!["198.51.100.7"], "192.0.2.1"),
            (two, "10.1.2.3", vec!["198.51.100.7"], "198.51.100.7"),
            (
                two,
                "10.1.2.3",
                vec!["203.0.113.9, 198.51.100.7"],
                "198.51.100.7",
            ),
            (
                two,
                "10.1.2.3",
                vec!["203.0.113.9", "198.51.100.7, 10.9.9.9"],
                "198.51.100.7",
            ),
            (
                two,
                "::ffff:10.1.2.3",
                vec!["198.51.100.7:4711"],
                "198.51.100.7",
            ),
            (two, "::1", vec!["[2001:db8:1:2:3::4]:80"], "2001:db8:1:2::"),
            (two, "::1", vec![], "::"),
            (two, "10.1.2.3", vec!["unknown"], "10.1.2.3"),
            (two, "10.1.2.3", vec!["10.0.0.1"], "10.0.0.1"),
        ] {
            let mut headers = HeaderMap::new();
            for value in &forwarded {
                headers.append("x-forwarded-for", value.parse().unwrap());
            }
            let proxies: TrustedProxies = trusted.parse().unwrap();
            let seen = proxies.see_through(peer.parse().unwrap(), &headers);
            assert_eq!(
                ClientAddress::new(seen).to_string(),
                wanted,
                "{peer} {forwarded:?}"
            );
        }
        assert!("10.0.0.0/8,nonsense".parse::<TrustedProxies>().is_err());
    }

    #[test]
    fn a_household_is_one_address() {
        let address = |text: &str| ClientAddress::new(text.parse().unwrap());
        assert_eq!(address("2001:db8::1"), address("2001:db8::ffff:1"));
        assert_ne!(address("2001:db8::1"), address("2001:db8:0:1::1"));
        assert_eq!(address("::ffff:192.0.2.1"), address("192.0.2.1"));
        assert_ne!(address("192.0.2.2"), address("192.0.2.1"));
    }
}
