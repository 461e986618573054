package main

import (
	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm"
	"github.com/higress-group/proxy-wasm-go-sdk/proxywasm/types"
	"github.com/higress-group/wasm-go/pkg/log"
	"github.com/higress-group/wasm-go/pkg/wrapper"
	"github.com/tidwall/gjson"
)

func main() {}

func init() {
	wrapper.SetCtx(
		"hello-go-higress",
		wrapper.ParseConfig(parse),
		wrapper.ProcessResponseHeaders(onResponseHeaders),
	)
}

type config struct{}

func parse(gjson.Result, *config) error {
	log.Info("hello from go-higress")
	return nil
}

func onResponseHeaders(wrapper.HttpContext, config) types.Action {
	if err := proxywasm.AddHttpResponseHeader("x-hello", "go-higress"); err != nil {
		log.Errorf("x-hello not added: %v", err)
	}
	return types.ActionContinue
}
