//go:build !linux

package launch

import "syscall"

// Only Linux lets a process die with its parent.
func dieWithParent() *syscall.SysProcAttr { return nil }
