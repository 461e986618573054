// Makes 20 host calls for every request: all pairs once, one header 14 times, two properties, and
// three headers replaced.
export * from "@gcoredev/proxy-wasm-sdk-as/assembly/proxy";
import {
  Context,
  FilterHeadersStatusValues,
  get_property,
  registerRootContext,
  RootContext,
  stream_context,
} from "@gcoredev/proxy-wasm-sdk-as/assembly";

const read: string[] = [
  ":path",
  ":method",
  ":authority",
  "user-agent",
  "accept",
  "cookie",
  "x-absent",
];

class Plugin extends RootContext {
  createContext(id: u32): Context {
    return new Stream(id, this);
  }
}

class Stream extends Context {
  onRequestHeaders(_count: u32, _end: bool): FilterHeadersStatusValues {
    const headers = stream_context.headers.request;
    const pairs = headers.get_headers().length;
    let bytes = 0;
    for (let round = 0; round < 2; round++) {
      for (let i = 0; i < read.length; i++) {
        bytes += headers.get(read[i]).length;
      }
    }
    bytes += get_property("source\0address").byteLength;
    bytes += get_property("request\0protocol").byteLength;
    headers.replace("x-pairs", pairs > 8 ? "many" : "few");
    headers.replace("x-bytes", bytes > 256 ? "many" : "few");
    headers.replace("x-calls", "20");
    return FilterHeadersStatusValues.Continue;
  }
}

registerRootContext((id: u32) => new Plugin(id), "");
