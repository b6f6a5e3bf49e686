package config

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

const prefix = "ONESTEP_"

// setting is one name that can be set. In the environment it is the name as
// it stands here; in onestep.yaml it is the same without ONESTEP_ and in lower
// case. A secret also comes from a file: NAME_FILE, or name_file, holds a path.
type setting struct {
	name   string
	secret bool
	folder bool // in the file, a path that is not absolute starts at the file's folder
}

func (s setting) key() string { return strings.ToLower(strings.TrimPrefix(s.name, prefix)) }

// all is every setting, in the order in which they are documented.
var all = []setting{
	{name: "ONESTEP_REDIS_URL", secret: true},
	{name: "ONESTEP_ENCRYPTION_KEYSET", secret: true},
	{name: "ONESTEP_SHARDS"},
	{name: "ONESTEP_SETTLE"},
	{name: "ONESTEP_SCRIPTS", folder: true},
	{name: "ONESTEP_HTTP_ADDR"},
	{name: "ONESTEP_LOG_LEVEL"},
	{name: "ONESTEP_TELEGRAM_TOKEN", secret: true},
	{name: "ONESTEP_TELEGRAM_API_URL"},
	{name: "ONESTEP_TELEGRAM_RATE"},
	{name: "ONESTEP_TELEGRAM_WEBHOOK_URL"},
	{name: "ONESTEP_TELEGRAM_WEBHOOK_SECRET", secret: true},
	{name: "ONESTEP_SLACK_BOT_TOKEN", secret: true},
	{name: "ONESTEP_SLACK_APP_TOKEN", secret: true},
	{name: "ONESTEP_SLACK_SIGNING_SECRET", secret: true},
	{name: "ONESTEP_SLACK_API_URL"},
	{name: "ONESTEP_SLACK_RATE"},
}

// names gives every name that the environment may have, or every key that the
// file may have.
func names(inFile bool) []string {
	var list []string
	for _, s := range all {
		if inFile {
			list = append(list, s.key())
		} else {
			list = append(list, s.name)
		}
		if s.secret && inFile {
			list = append(list, s.key()+"_file")
		} else if s.secret {
			list = append(list, s.name+"_FILE")
		}
	}
	if inFile {
		return append(list, "teams")
	}
	return append(list, "ONESTEP_CONFIG")
}

// environment is the part of the process environment that is ours.
type environment map[string]string

// readEnvironment keeps the ONESTEP_ variables. An empty one counts as not
// set, as compose files and CI systems pass them. One that nearly is a name of
// ours is a fault, for it would silently have no effect.
func readEnvironment(environ []string, faults *Faults) (env environment, notes []string) {
	env = environment{}
	known := names(false)
	for _, pair := range environ {
		name, value, _ := strings.Cut(pair, "=")
		value = strings.TrimSpace(value)
		if !strings.HasPrefix(name, prefix) || value == "" {
			continue
		}
		if slices.Contains(known, name) {
			env[name] = value
		} else if near := nearest(name, known); near != "" {
			faults.add(name, "this is not a setting; did you mean %s?", near)
		} else {
			notes = append(notes, name+" is not a setting of this version and has no effect.")
		}
	}
	return env, notes
}

// sets tells whether the environment gives a setting, in either way.
func (e environment) sets(s setting) bool {
	return e[s.name] != "" || s.secret && e[s.name+"_FILE"] != ""
}

// values is what was set, by the setting's name, with the place it came from.
type values map[string]text

// overlay puts the environment over what the file said.
func (v values) overlay(env environment, faults *Faults) {
	for _, s := range all {
		plain, file := env[s.name], env[s.name+"_FILE"]
		switch {
		case plain != "" && file != "":
			faults.add(s.name, "it is set and so is %s_FILE; keep one of them.", s.name)
			v[s.name] = text{where: s.name} // as in fromFile
		case plain != "":
			v[s.name] = text{value: plain, where: s.name}
		case file != "":
			v.fromFile(s, text{value: file, where: s.name + "_FILE"}, "", faults)
		}
	}
}

// fromFile reads a secret from the file whose path is given. A path that is
// not absolute starts at base.
func (v values) fromFile(s setting, path text, base string, faults *Faults) {
	name := from(base, path.value)
	content, err := os.ReadFile(name)
	value := strings.TrimSpace(string(unmarked(content)))
	switch {
	case os.IsNotExist(err) && s.name == "ONESTEP_ENCRYPTION_KEYSET":
		faults.add(path.where, "the file %s is not there. Bring the keyset that the data was written with, or make the first one with `onestep keyset new %s`.", name, name)
	case err != nil:
		faults.add(path.where, "the file %s cannot be read (%s). Put the secret there and let the account that runs onestep read it.", name, reason(err))
	case value == "":
		faults.add(path.where, "the file %s is empty; put the secret into it.", name)
	default:
		v[s.name] = text{value: value, where: path.where}
		return
	}
	// The fault is told; without a value the checks would tell it again.
	v[s.name] = text{where: path.where}
}

// unmarked is content without the byte order mark that editors on Windows put
// in front.
func unmarked(content []byte) []byte {
	return bytes.TrimPrefix(content, []byte("\ufeff"))
}

// from is a path that starts at base unless it is absolute.
func from(base, path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(base, path)
}

// reason is the short cause of a file error, without the path.
func reason(err error) string {
	if p, ok := errors.AsType[*fs.PathError](err); ok {
		return p.Err.Error()
	}
	return err.Error()
}
