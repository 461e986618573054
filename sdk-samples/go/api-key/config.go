package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

type config struct {
	header    string
	consumers map[string]string // name by key
}

func parse(data []byte) (*config, error) {
	var read struct {
		Header    string `json:"header"`
		Consumers []struct {
			Name string `json:"name"`
			Key  string `json:"key"`
		} `json:"consumers"`
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&read); err == io.EOF {
		return nil, errors.New("it is empty")
	} else if err != nil {
		return nil, err
	}
	if _, err := decoder.Token(); err != io.EOF {
		return nil, errors.New("something follows the JSON object")
	}

	c := &config{header: strings.ToLower(read.Header), consumers: map[string]string{}}
	if c.header == "" {
		return nil, errors.New("header is missing")
	}
	if len(read.Consumers) == 0 {
		return nil, errors.New("consumers is empty")
	}
	for i, consumer := range read.Consumers {
		// A key is a secret: messages name its place or its consumer, never the key.
		if consumer.Name == "" {
			return nil, fmt.Errorf("consumers[%d] has no name", i)
		}
		if strings.ContainsFunc(consumer.Name, control) {
			return nil, fmt.Errorf("consumers[%d] has a control character in its name", i)
		}
		if consumer.Key == "" {
			return nil, fmt.Errorf("consumers[%d], %s, has no key", i, consumer.Name)
		}
		if other, taken := c.consumers[consumer.Key]; taken {
			return nil, fmt.Errorf("%s and %s have the same key", other, consumer.Name)
		}
		c.consumers[consumer.Key] = consumer.Name
	}
	return c, nil
}

func control(r rune) bool { return r < ' ' || r == 0x7f }
