//! How a form crosses from browser to server and back: the fields that say something, by name. Written out,
//! since what is derived for so many fields is one part in a hundred of what browsers load.

use super::{CommandForm, selection::Selected};
use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{MapAccess, Visitor},
};
use std::fmt;

impl Serialize for CommandForm {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut form = self.clone();
        let mut said = Vec::from(form.fields());
        said.retain(|(_, text)| !text.is_empty());
        serializer.collect_map(said.iter().map(|(field, text)| (*field, text.as_str())))
    }
}

impl<'de> Deserialize<'de> for CommandForm {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Fields)
    }
}

struct Fields;

impl<'de> Visitor<'de> for Fields {
    type Value = CommandForm;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the fields of a form")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<CommandForm, A::Error> {
        let mut form = CommandForm::default();
        while let Some(name) = map.next_key::<String>()? {
            let text = match name.as_str() {
                "sessions" => map.next_value::<Selected>()?.0,
                _ => map.next_value::<String>()?,
            };
            let mut fields = form.fields().into_iter();
            if let Some((_, place)) = fields.find(|(field, _)| *field == name) {
                *place = text;
            }
        }
        Ok(form)
    }
}
