import { Json, Kind } from "./json";

export class Rule {
  constructor(
    public find: ArrayBuffer,
    public replacement: ArrayBuffer,
  ) {}
}

/** The rules in the order they apply. A problem, when there is one, says why it is refused. */
export class Config {
  rules: Rule[] = [];
  problem: string = "";

  static parse(text: string): Config {
    const config = new Config();
    config.problem = config.read(Json.parse(text));
    return config;
  }

  private read(json: Json): string {
    if (json.kind == Kind.Broken) return json.text;
    if (json.kind != Kind.Object) return "it is not a JSON object";
    for (let i = 0; i < json.names.length; i++) {
      const name = json.names[i];
      if (name != "replace" && name != "mode") return 'unknown key "' + name + '"';
    }

    const mode = json.get("mode");
    if (mode.kind != Kind.Absent && (mode.kind != Kind.String || mode.text != "buffered")) {
      return 'mode is not "buffered"';
    }

    const replace = json.get("replace");
    if (replace.kind != Kind.Array || replace.items.length == 0) {
      return "replace is not a list of at least one replacement";
    }
    for (let i = 0; i < replace.items.length; i++) {
      const problem = this.readRule(replace.items[i]);
      if (problem != "") return "replace[" + i.toString() + "]: " + problem;
    }
    return "";
  }

  private readRule(json: Json): string {
    if (json.kind != Kind.Object) return "it is not a JSON object";
    for (let i = 0; i < json.names.length; i++) {
      const name = json.names[i];
      if (name != "find" && name != "with") return 'unknown key "' + name + '"';
    }
    const find = json.get("find");
    const replacement = json.get("with");
    if (find.kind != Kind.String || find.text == "") return "find is not a text";
    if (replacement.kind != Kind.String) return "with is not a text";
    this.rules.push(new Rule(String.UTF8.encode(find.text), String.UTF8.encode(replacement.text)));
    return "";
  }
}
