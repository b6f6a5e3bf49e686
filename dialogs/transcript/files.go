package transcript

import (
	"bytes"
	"fmt"
	"os"

	"onestep/dialogs"
)

// Files plays transcript files one after the other. With update, a file whose
// answers have changed is rewritten and does not count as a mismatch. The
// result is that of all files together, without Updated.
func Files(e *dialogs.Edition, paths []string, update bool) (Result, error) {
	var all Result
	for _, path := range paths {
		source, err := os.ReadFile(path)
		if err != nil {
			return all, err
		}
		if len(bytes.TrimSpace(source)) == 0 {
			return all, fmt.Errorf("%s is empty; write what the person does, as in docs/script-language.md", path)
		}
		r, err := Run(e, path, source)
		if err != nil {
			return all, err
		}
		all.Coverage.Add(&r.Coverage)
		if update && !bytes.Equal(source, r.Updated) {
			if err := os.WriteFile(path, r.Updated, 0o644); err != nil {
				return all, fmt.Errorf("the transcript cannot be rewritten: %w", err)
			}
			continue
		}
		all.Mismatches = append(all.Mismatches, r.Mismatches...)
	}
	return all, nil
}
