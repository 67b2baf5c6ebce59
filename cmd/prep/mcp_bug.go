package main

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/modelcontextprotocol/go-sdk/jsonrpc"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/prep-cli/prep/pkg/parallel"
)

// errBug is what an assistant hears of a panic; the report is for the user.
var errBug = errors.New("a bug in prep stopped this call: standard error says where")

// shield keeps a panic in one call from the others, and its text from the protocol's
// library, which would print it. Each call has an env of its own, so that nothing that
// was half done is left.
func (m *mcpServer) shield(next mcp.MethodHandler) mcp.MethodHandler {
	return func(ctx context.Context, method string, r mcp.Request) (result mcp.Result, err error) {
		defer func() {
			if value := recover(); value != nil {
				m.env.bug(parallel.Caught(value))
				result, err = nil, errBug
			}
		}()
		result, err = next(ctx, method, r)
		return result, sendable(err)
	}
}

// sendable is an error without data that is no JSON: the protocol's library makes such of
// an address with control characters, and ends where it cannot send it.
func sendable(err error) error {
	wire, ok := errors.AsType[*jsonrpc.Error](err)
	if !ok || len(wire.Data) == 0 || json.Valid(wire.Data) {
		return err
	}
	return &jsonrpc.Error{Code: wire.Code, Message: wire.Message}
}
