import { expect, test } from "../fixtures.js";
import { inBothThemes } from "../look.js";
import { date, hour, local, ago, minute } from "../time.js";
import type { Account } from "../account.js";

/** What an account holds, from nothing to a very busy month. */
const accounts: Record<string, (account: Account) => Promise<unknown>> = {
  empty: (account) => account.settle(),
  few: async (account) => {
    await account.settle();
    await account.add("Invoice for October", `${date()}T08:10`, `${date()}T09:25`);
    await account.add("Mail and planning", `${date()}T09:30`, `${date()}T10:05`);
    await account.run("Landing page, second draft", 83 * minute);
  },
  many: async (account) => {
    await account.settle();
    const kinds = ["Review", "Landing page", "Invoice", "Call with Mina", "Mail", "Deep work"];
    for (let index = 0; index < 299; index++) {
      const days = Math.floor(index / 10);
      const start = ago(days * 24 * hour + (index % 10) * 50 * minute + 20 * minute);
      await account.add(`${kinds[index % kinds.length]} ${index % 7}`, local(new Date(start.getTime() - 40 * minute * 1000)), local(start));
    }
    await account.run("Number three hundred", 10 * minute);
  },
};

for (const [amount, fill] of Object.entries(accounts)) {
  test(`pictures of the main screens: ${amount}`, { tag: "@phone" }, async ({ account, period, page, guard }) => {
    test.slow();
    guard.allowRefusals();
    await fill(account);
    const screens: Record<string, string> = { timer: "/", day: "/day", week: "/week", month: "/month" };
    if (amount === "few") {
      const session = await account.addAgo("Seen again", 5 * hour, hour);
      await account.send({ intent: "edit", session, name: "Seen again and renamed", start: local(ago(5 * hour)), stop: local(ago(4 * hour)) });
      Object.assign(screens, { settings: "/settings", help: "/help", 404: "/nowhere", history: `/session/${session}` });
    }
    const { width } = page.viewportSize()!;
    for (const [screen, address] of Object.entries(screens)) {
      await period.visit(address);
      await expect(period.heading).toBeAttached();
      await inBothThemes(page, (theme) =>
        page.screenshot({ path: `screenshots/${screen}-${width}-${theme}-${amount}.png`, fullPage: amount !== "many" }),
      );
    }
  });
}
