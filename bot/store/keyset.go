package store

import (
	"bytes"
	"encoding/base32"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/prf"
	"github.com/tink-crypto/tink-go/v2/tink"
)

// Keyset is what ONESTEP_ENCRYPTION_KEYSET holds: keys that wrap the data key
// of each conversation, and one key for keyed hashes. The wrapping keys can be
// rotated; the hash key cannot, since hashes are names of things. Whoever has
// it can read everything, and without it nothing can be read.
type Keyset struct {
	wrapping, hashing *keyset.Handle

	aead tink.AEAD
	prfs *prf.Set
	// primary is the number of the key that wraps now.
	primary uint32
}

// keysetText is the text form, before base64.
type keysetText struct {
	Wrapping json.RawMessage `json:"wrap"`
	Hashing  json.RawMessage `json:"hash"`
}

// NewKeyset makes a fresh keyset.
func NewKeyset() (*Keyset, error) {
	wrapping, err := keyset.NewHandle(aead.AES256GCMKeyTemplate())
	if err != nil {
		return nil, fmt.Errorf("keyset: %w", err)
	}
	hashing, err := keyset.NewHandle(prf.HMACSHA256PRFKeyTemplate())
	if err != nil {
		return nil, fmt.Errorf("keyset: %w", err)
	}
	return keysetOf(wrapping, hashing)
}

func keysetOf(wrapping, hashing *keyset.Handle) (*Keyset, error) {
	a, err := aead.New(wrapping)
	if err != nil {
		return nil, fmt.Errorf("keyset: %w", err)
	}
	p, err := prf.NewPRFSet(hashing)
	if err != nil {
		return nil, fmt.Errorf("keyset: %w", err)
	}
	return &Keyset{
		wrapping: wrapping, hashing: hashing, aead: a, prfs: p,
		primary: wrapping.KeysetInfo().GetPrimaryKeyId(),
	}, nil
}

// errKeysetText says what to do without repeating a secret.
var errKeysetText = errors.New("the keyset cannot be read; it must be exactly one line as made by: onestep keyset new")

// ParseKeyset reads what String made. White space around it is ignored.
func ParseKeyset(text string) (*Keyset, error) {
	raw, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text))
	if err != nil {
		return nil, errKeysetText
	}
	var t keysetText
	if err := json.Unmarshal(raw, &t); err != nil {
		return nil, errKeysetText
	}
	wrapping, err := insecurecleartextkeyset.Read(keyset.NewJSONReader(bytes.NewReader(t.Wrapping)))
	if err != nil {
		return nil, errKeysetText
	}
	hashing, err := insecurecleartextkeyset.Read(keyset.NewJSONReader(bytes.NewReader(t.Hashing)))
	if err != nil {
		return nil, errKeysetText
	}
	k, err := keysetOf(wrapping, hashing)
	if err != nil {
		return nil, errKeysetText
	}
	return k, nil
}

// String is the secret itself, in one line that fits an environment variable.
func (k *Keyset) String() string {
	var t keysetText
	var buf bytes.Buffer
	// Writing to memory a handle that was read or made cannot fail.
	must(insecurecleartextkeyset.Write(k.wrapping, keyset.NewJSONWriter(&buf)))
	t.Wrapping = bytes.Clone(buf.Bytes())
	buf.Reset()
	must(insecurecleartextkeyset.Write(k.hashing, keyset.NewJSONWriter(&buf)))
	t.Hashing = buf.Bytes()
	text, err := json.Marshal(t)
	must(err)
	return base64.StdEncoding.EncodeToString(text)
}

// LogValue keeps the secret out of logs.
func (k *Keyset) LogValue() slog.Value { return slog.StringValue("(keyset)") }

// Rotate gives a keyset that wraps with a new key and still reads what the old
// keys wrapped. Each conversation is wrapped anew at its next turn.
func (k *Keyset) Rotate() (*Keyset, error) {
	m := keyset.NewManagerFromHandle(k.wrapping)
	id, err := m.Add(aead.AES256GCMKeyTemplate())
	if err != nil {
		return nil, fmt.Errorf("keyset: %w", err)
	}
	if err := m.SetPrimary(id); err != nil {
		return nil, fmt.Errorf("keyset: %w", err)
	}
	wrapping, err := m.Handle()
	if err != nil {
		return nil, fmt.Errorf("keyset: %w", err)
	}
	return keysetOf(wrapping, k.hashing)
}

// hashText is base32 in small letters: it can stand in a key, in a chat
// command and in an argument of a shell.
var hashText = base32.StdEncoding.WithPadding(base32.NoPadding)

// hash gives the keyed hash of the parts as 16 letters (80 bits: of a million
// hashed things two are the same with a chance below one in a million
// million). purpose keeps hashes of different things apart.
func (k *Keyset) hash(purpose string, parts ...string) string {
	return k.digest(10, purpose, parts...)
}

// digest is hash with a size in bytes, up to the 32 of HMAC with SHA-256.
func (k *Keyset) digest(size uint32, purpose string, parts ...string) string {
	in := []byte(purpose)
	for _, p := range parts {
		in = fmt.Appendf(in, "|%d|%s", len(p), p)
	}
	sum, err := k.prfs.ComputePrimaryPRF(in, size)
	must(err)
	return strings.ToLower(hashText.EncodeToString(sum))
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
