import type { Locator, Page } from "@playwright/test";

/** The pages for projects, clients, tags and invitations. No script runs on them. */
export class ProjectsPage {
  readonly heading: Locator;
  readonly alert: Locator;
  readonly message: Locator;

  constructor(readonly page: Page) {
    this.heading = page.getByRole("heading", { level: 1 });
    this.alert = page.getByRole("alert");
    this.message = page.getByRole("status");
  }

  async open(address = "/projects"): Promise<number> {
    const answer = await this.page.goto(address);
    return answer!.status();
  }

  /** The part of a page under this heading. */
  part(name: string): Locator {
    return this.page.getByRole("region", { name, exact: true });
  }

  link(name: string): Locator {
    return this.page.getByRole("link", { name, exact: true });
  }

  button(name: string): Locator {
    return this.page.getByRole("button", { name, exact: true });
  }

  /** Makes a project, and answers the address of its page. */
  async create(name: string, client = "", colour = "Lake"): Promise<string> {
    await this.open();
    const form = this.part("New project");
    await form.getByRole("textbox", { name: "Name" }).fill(name);
    await form.getByLabel("Client", { exact: true }).fill(client);
    await form.getByRole("radio", { name: colour }).check();
    await form.getByRole("button", { name: "Create project" }).click();
    return new URL(this.page.url()).pathname;
  }

  /** Makes a client or a tag. */
  async add(kind: "client" | "tag", name: string): Promise<void> {
    await this.open(`/${kind}s`);
    const form = this.part(`New ${kind}`);
    await form.getByRole("textbox", { name: "Name" }).fill(name);
    await form.getByRole("button", { name: `Create ${kind}` }).click();
  }

  async invite(username: string, role = "Member"): Promise<void> {
    const part = this.part("Invite");
    await part.getByRole("textbox", { name: "User name" }).fill(username);
    await part.getByRole("combobox", { name: "Role" }).selectOption(role);
    await part.getByRole("button", { name: "Invite", exact: true }).click();
  }

  /** A line of a list. */
  item(name: string): Locator {
    return this.page.getByRole("listitem").filter({ hasText: name });
  }

  /** Shows what can be done with a line. */
  async edit(name: string): Promise<Locator> {
    const item = this.item(name);
    await item.getByText(`Edit ${name}`).click();
    return item;
  }

  /** Opens what asks first, such as "Delete…". */
  async ask(within: Locator, name: string): Promise<void> {
    await within.getByText(`${name}…`, { exact: true }).click();
  }
}
