package main

import (
	"strings"
	"testing"
)

func TestKeysLeadToConsumers(t *testing.T) {
	c, err := parse([]byte(`{"header":"X-Api-Key","consumers":[{"name":"alice","key":"k1"},{"name":"alice","key":"k2"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	if c.header != "x-api-key" || c.consumers["k1"] != "alice" || c.consumers["k2"] != "alice" {
		t.Fatalf("read %+v", c)
	}
}

func TestMistakesAreNamed(t *testing.T) {
	for json, want := range map[string]string{
		``:                                "empty",
		`{"header":"h","consumers":[]}`:   "consumers is empty",
		`{"consumers":[]}`:                "header is missing",
		`{"header":"h","consumer":[]}`:    `unknown field "consumer"`,
		`{"header":"h","consumers":[{}]}`: "consumers[0] has no name",
		`{"header":"h","consumers":[{"name":"a"}]}`:                                  "consumers[0], a, has no key",
		`{"header":"h","consumers":[{"name":"a\n","key":"k"}]}`:                      "control character",
		`{"header":"h","consumers":[{"name":"a","key":"k"},{"name":"b","key":"k"}]}`: "a and b have the same key",
		`{"header":"h","consumers":[{"name":"a","key":"k"}]} {}`:                     "something follows",
	} {
		if _, err := parse([]byte(json)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, not %q", json, err, want)
		}
	}
}
