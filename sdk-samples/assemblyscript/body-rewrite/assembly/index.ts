export * from "@gcoredev/proxy-wasm-sdk-as/assembly/proxy";
import {
  BufferTypeValues,
  Context,
  FilterDataStatusValues,
  FilterHeadersStatusValues,
  FilterTrailersStatusValues,
  get_buffer_bytes,
  log,
  LogLevelValues,
  registerRootContext,
  RootContext,
  set_buffer_bytes,
  stream_context,
  WasmResultValues,
} from "@gcoredev/proxy-wasm-sdk-as/assembly";
import { Config, Rule } from "./config";
import { replaceAll } from "./replace";

class Plugin extends RootContext {
  rules: Rule[] = [];

  onConfigure(size: u32): bool {
    super.onConfigure(size);
    const config = Config.parse(this.getConfiguration());
    if (config.problem != "") {
      log(LogLevelValues.error, "body-rewrite: configuration refused: " + config.problem);
      return false;
    }
    this.rules = config.rules;
    log(LogLevelValues.info, "body-rewrite: " + config.rules.length.toString() + " replacements");
    return true;
  }

  createContext(id: u32): Context {
    return new Stream(id, this, this.rules);
  }
}

class Stream extends Context {
  private buffering: bool = false;

  constructor(id: u32, plugin: RootContext, private rules: Rule[]) {
    super(id, plugin);
  }

  onResponseHeaders(_count: u32, end: bool): FilterHeadersStatusValues {
    this.buffering = !end && isPlainText();
    if (this.buffering) {
      // The headers leave before the body is known, so the length goes whether the body changes
      // or not.
      stream_context.headers.response.remove("content-length");
    }
    return FilterHeadersStatusValues.Continue;
  }

  onResponseBody(_size: usize, end: bool): FilterDataStatusValues {
    if (!this.buffering) return FilterDataStatusValues.Continue;
    if (!end) return FilterDataStatusValues.StopIterationAndBuffer;
    this.rewrite();
    return FilterDataStatusValues.Continue;
  }

  // A body that trailers follow ends here, with no last call to onResponseBody.
  onResponseTrailers(_count: u32): FilterTrailersStatusValues {
    if (this.buffering) this.rewrite();
    return FilterTrailersStatusValues.Continue;
  }

  private rewrite(): void {
    this.buffering = false;
    const original = get_buffer_bytes(BufferTypeValues.HttpResponseBody, 0, i32.MAX_VALUE);
    let body = original;
    for (let i = 0; i < this.rules.length; i++) {
      const rule = this.rules[i];
      body = replaceAll(body, rule.find, rule.replacement);
    }
    if (body === original) return;
    const result = set_buffer_bytes(BufferTypeValues.HttpResponseBody, 0, original.byteLength, body);
    if (result != WasmResultValues.Ok) {
      log(LogLevelValues.error, "body-rewrite: body left as it was: status " + result.toString());
    }
  }
}

function isPlainText(): bool {
  const headers = stream_context.headers.response;
  if (headers.get("content-encoding") != "" || headers.get("content-range") != "") return false;
  const type = headers.get("content-type").split(";")[0].trim().toLowerCase();
  return (
    type.startsWith("text/") ||
    type.endsWith("+json") ||
    type.endsWith("+xml") ||
    type == "application/json" ||
    type == "application/xml" ||
    type == "application/javascript"
  );
}

registerRootContext((id: u32) => new Plugin(id), "");
