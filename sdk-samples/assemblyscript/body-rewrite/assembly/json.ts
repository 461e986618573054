export enum Kind {
  /** Asked for, and not there. */
  Absent,
  /** Not JSON: the text says what is wrong, and where. */
  Broken,
  String,
  Array,
  Object,
  /** A number, true, false or null, unread. */
  Other,
}

const DEEPEST = 32;

export class Json {
  text: string = "";
  names: string[] = [];
  items: Json[] = [];

  constructor(public kind: Kind) {}

  static parse(text: string): Json {
    return new Parser(text).document();
  }

  get(name: string): Json {
    const at = this.names.lastIndexOf(name);
    return at < 0 ? new Json(Kind.Absent) : this.items[at];
  }
}

class Parser {
  private at: i32 = 0;
  private problem: string = "";

  constructor(private source: string) {}

  document(): Json {
    const value = this.value(0);
    this.skipSpace();
    if (this.at < this.source.length) this.fail("something follows the value");
    if (this.problem == "") return value;
    const broken = new Json(Kind.Broken);
    broken.text = this.problem;
    return broken;
  }

  private value(depth: i32): Json {
    this.skipSpace();
    if (depth > DEEPEST) {
      this.fail("too deep");
    } else if (this.take("{")) {
      return this.object(depth);
    } else if (this.take("[")) {
      return this.array(depth);
    } else if (this.source.charAt(this.at) == '"') {
      const value = new Json(Kind.String);
      value.text = this.string();
      return value;
    } else {
      this.other();
    }
    return new Json(Kind.Other);
  }

  private object(depth: i32): Json {
    const value = new Json(Kind.Object);
    this.skipSpace();
    if (this.take("}")) return value;
    do {
      this.skipSpace();
      value.names.push(this.string());
      this.skipSpace();
      this.expect(":");
      value.items.push(this.value(depth + 1));
      this.skipSpace();
    } while (this.take(","));
    this.expect("}");
    return value;
  }

  private array(depth: i32): Json {
    const value = new Json(Kind.Array);
    this.skipSpace();
    if (this.take("]")) return value;
    do {
      value.items.push(this.value(depth + 1));
      this.skipSpace();
    } while (this.take(","));
    this.expect("]");
    return value;
  }

  private string(): string {
    this.expect('"');
    let text = "";
    while (this.problem == "") {
      const from = this.at;
      while (this.at < this.source.length && isPlain(this.source.charCodeAt(this.at))) this.at++;
      text += this.source.substring(from, this.at);
      if (this.take('"')) break;
      if (this.take("\\")) text += this.escape();
      else this.fail("a string does not end");
    }
    return text;
  }

  private escape(): string {
    const letter = this.source.charAt(this.at++);
    if (letter == "u") {
      const digits = this.source.substr(this.at, 4);
      let code = 0;
      for (let i = 0; i < 4; i++) {
        const digit = i < digits.length ? "0123456789abcdef".indexOf(digits.charAt(i).toLowerCase()) : -1;
        if (digit < 0) this.fail("not four hexadecimal digits");
        code = code * 16 + digit;
      }
      this.at += 4;
      return String.fromCharCode(code);
    }
    const known = letter == "" ? -1 : '"\\/bfnrt'.indexOf(letter);
    if (known < 0) {
      this.fail("unknown escape");
      return "";
    }
    return '"\\/\b\f\n\r\t'.charAt(known);
  }

  private other(): void {
    const from = this.at;
    while (this.at < this.source.length && isWord(this.source.charCodeAt(this.at))) this.at++;
    const word = this.source.substring(from, this.at);
    if (word != "true" && word != "false" && word != "null" && !isFinite(parseFloat(word))) {
      this.fail("no value");
    }
  }

  private take(text: string): bool {
    if (this.problem != "" || this.source.charAt(this.at) != text) return false;
    this.at++;
    return true;
  }

  private expect(text: string): void {
    if (!this.take(text)) this.fail("no " + text);
  }

  private skipSpace(): void {
    while (this.at < this.source.length && " \t\r\n".includes(this.source.charAt(this.at))) this.at++;
  }

  /** The first problem is the one to tell. */
  private fail(problem: string): void {
    if (this.problem == "") this.problem = problem + " at character " + this.at.toString();
  }
}

function isPlain(code: i32): bool {
  return code >= 0x20 && code != 0x22 && code != 0x5c;
}

function isWord(code: i32): bool {
  const digit = code >= 0x30 && code <= 0x39;
  const letter = (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a;
  return digit || letter || code == 0x2b || code == 0x2d || code == 0x2e; // + - .
}
