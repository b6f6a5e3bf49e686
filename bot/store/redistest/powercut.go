package redistest

import (
	_ "embed"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// StartOnMains is Start of a server whose power can be cut: see PowerCut. It
// needs a C compiler.
func StartOnMains(t testing.TB, args ...string) *Server {
	t.Helper()
	dir := t.TempDir()
	source, library := filepath.Join(dir, "synced.c"), filepath.Join(dir, "synced.so")
	if err := os.WriteFile(source, syncedSource, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("cc", "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl").CombinedOutput(); err != nil {
		t.Fatalf("cannot build what notes a server's syncs; it needs a C compiler (apt-get install gcc libc6-dev): %v\n%s", err, out)
	}
	return start(t, &Server{args: args, preload: library})
}

//go:embed testdata/synced.c
var syncedSource []byte

func (s *Server) notes() string { return filepath.Join(s.dir, "synced") }

// PowerCut kills the server and takes away everything that it had not brought
// to the disk, as a cut of its machine's power can at worst.
func (s *Server) PowerCut() {
	s.t.Helper()
	s.Kill()
	text, err := os.ReadFile(s.notes())
	if err != nil {
		s.t.Fatal(err)
	}
	size := make(map[uint64]int64) // of each file when it was last brought to the disk
	for line := range strings.Lines(string(text)) {
		var inode uint64
		var n int64
		if _, err := fmt.Sscanf(line, "%d %d", &inode, &n); err != nil {
			s.t.Fatal(err)
		}
		size[inode] = n
	}
	err = filepath.WalkDir(filepath.Join(s.dir, "appendonlydir"), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		if kept := size[info.Sys().(*syscall.Stat_t).Ino]; kept < info.Size() {
			return os.Truncate(path, kept)
		}
		return nil
	})
	if err != nil {
		s.t.Fatal(err)
	}
}
