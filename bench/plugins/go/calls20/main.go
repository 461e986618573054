// Makes 20 host calls for every request: all pairs once, one header 14 times, two properties, and
// three headers replaced.
package main

import (
	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm"
	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm/types"
)

var (
	read     = []string{":path", ":method", ":authority", "user-agent", "accept", "cookie", "x-absent"}
	address  = []string{"source", "address"}
	protocol = []string{"request", "protocol"}
)

func main() {}

func init() {
	proxywasm.SetPluginContext(func(uint32) types.PluginContext { return &plugin{} })
}

type plugin struct{ types.DefaultPluginContext }

func (*plugin) NewHttpContext(uint32) types.HttpContext { return &stream{} }

type stream struct{ types.DefaultHttpContext }

func (*stream) OnHttpRequestHeaders(int, bool) types.Action {
	pairs, _ := proxywasm.GetHttpRequestHeaders()
	bytes := 0
	for round := 0; round < 2; round++ {
		for _, name := range read {
			value, _ := proxywasm.GetHttpRequestHeader(name)
			bytes += len(value)
		}
	}
	for _, path := range [][]string{address, protocol} {
		value, _ := proxywasm.GetProperty(path)
		bytes += len(value)
	}
	_ = proxywasm.ReplaceHttpRequestHeader("x-pairs", amount(len(pairs) > 8))
	_ = proxywasm.ReplaceHttpRequestHeader("x-bytes", amount(bytes > 256))
	_ = proxywasm.ReplaceHttpRequestHeader("x-calls", "20")
	return types.ActionContinue
}

func amount(many bool) string {
	if many {
		return "many"
	}
	return "few"
}
