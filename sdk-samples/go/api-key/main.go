// Package main is the api-key plugin: a request needs a known key, and goes on with the name of
// the consumer it belongs to.
package main

import (
	"strconv"

	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm"
	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm/types"
)

const consumerHeader = "x-consumer"

func main() {}

func init() {
	proxywasm.SetPluginContext(func(uint32) types.PluginContext { return &plugin{} })
}

type plugin struct {
	types.DefaultPluginContext
	config *config
}

func (p *plugin) OnPluginStart(int) types.OnPluginStartStatus {
	data, err := proxywasm.GetPluginConfiguration()
	if err != nil && err != types.ErrorStatusNotFound { // which is how an empty one reads
		proxywasm.LogErrorf("api-key: configuration not read: %v", err)
		return types.OnPluginStartStatusFailed
	}
	if p.config, err = parse(data); err != nil {
		proxywasm.LogErrorf("api-key: configuration refused: %v", err)
		return types.OnPluginStartStatusFailed
	}
	proxywasm.LogInfof("api-key: %d keys, read from %s", len(p.config.consumers), p.config.header)
	return types.OnPluginStartStatusOK
}

func (p *plugin) NewHttpContext(uint32) types.HttpContext {
	return &stream{config: p.config}
}

type stream struct {
	types.DefaultHttpContext
	config *config
}

func (s *stream) OnHttpRequestHeaders(int, bool) types.Action {
	key, err := proxywasm.GetHttpRequestHeader(s.config.header)
	if err != nil || key == "" {
		return refuse(401, "missing API key")
	}
	consumer, known := s.config.consumers[key]
	if !known {
		return refuse(403, "unknown API key")
	}
	// Replacing also drops whatever the client sent under this name.
	if err := proxywasm.ReplaceHttpRequestHeader(consumerHeader, consumer); err != nil {
		proxywasm.LogErrorf("api-key: %s not set: %v", consumerHeader, err)
		return refuse(500, "internal error")
	}
	return types.ActionContinue
}

func refuse(status uint32, reason string) types.Action {
	body := []byte(`{"error":` + strconv.Quote(reason) + "}\n")
	headers := [][2]string{{"content-type", "application/json"}}
	if err := proxywasm.SendHttpResponse(status, headers, body, -1); err != nil {
		proxywasm.LogErrorf("api-key: refusal %d not sent: %v", status, err)
	}
	return types.ActionPause
}
