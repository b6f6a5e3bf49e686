package bot

import (
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
)

// ErrPanicked is what a panic on somebody's account becomes. The same again will
// panic again, until the program is mended.
var ErrPanicked = errors.New("the program has a fault here and could not go on; the log says where")

// Recover makes a panic of the function that defers it that function's error, so
// that what one person causes ends for nobody else. The log gets its type and
// where it was, without its value, which could carry words.
func Recover(log *slog.Logger, err *error) {
	if p := recover(); p != nil {
		log.Error("the program panicked; the others go on", "type", fmt.Sprintf("%T", p), "stack", string(debug.Stack()))
		*err = ErrPanicked
	}
}
