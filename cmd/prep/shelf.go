package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"sync"

	"github.com/prep-cli/prep/pkg/kept"
	"github.com/prep-cli/prep/pkg/match"
	"github.com/prep-cli/prep/pkg/parallel"
	"github.com/prep-cli/prep/pkg/story"
)

// folder is a library's folder as a file system. A symbolic link in it is followed
// inside the folder alone.
type folder string

// errLink says that a file may be a symbolic link.
var errLink = errors.New("a symbolic link")

// Open opens a file to be read.
func (f folder) Open(name string) (fs.File, error) {
	file, err := openPlain(filepath.Join(string(f), filepath.FromSlash(name)))
	if !errors.Is(err, errLink) {
		return file, err
	}
	return f.openLink(name)
}

func (f folder) openLink(name string) (fs.File, error) {
	root, err := os.OpenRoot(string(f))
	if err != nil {
		return nil, err
	}
	defer root.Close() //nolint:errcheck // only read from
	info, err := root.Stat(filepath.FromSlash(name))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, &fs.PathError{Op: "open", Path: name, Err: errors.New("a symbolic link to a file that is not there")}
	case err != nil:
		return nil, &fs.PathError{Op: "open", Path: name, Err: errors.New("a symbolic link that leads out of the library: put the file itself here")}
	case !info.Mode().IsRegular() && !info.IsDir():
		return nil, &fs.PathError{Op: "open", Path: name, Err: errors.New("it is no regular file")}
	}
	return root.Open(filepath.FromSlash(name))
}

// ReadDir lists a folder of the library in the order of the names.
func (f folder) ReadDir(name string) ([]fs.DirEntry, error) {
	return os.ReadDir(filepath.Join(string(f), filepath.FromSlash(name)))
}

// unparsed are the story files of the library as they were read.
type unparsed struct {
	dir string // as the user would write it; "" for the built-in examples
	all []story.File
}

func (e *env) loadUnparsed() (unparsed, error) {
	dir, err := e.storiesDir()
	if err != nil {
		return unparsed{}, err
	}
	read, err := story.Files(storiesIn(dir))
	if len(read) > 1 {
		read = slices.DeleteFunc(read, func(f story.File) bool { return untouchedSample(dir, f) })
	}
	if dir == "" && err == nil {
		e.say("prep: no story folder here: these are the %d built-in examples (prep init makes your own)", len(read))
	}
	return unparsed{dir, read}, within(dir, err)
}

// untouchedSample says whether a file is the sample that init made, byte for byte:
// beside stories of one's own it is nobody's.
func untouchedSample(dir string, f story.File) bool {
	return dir != "" && f.Name == sampleFile && bytes.Equal(f.Data, sample)
}

// rankedWhole reads the stories whole to make them ready to be ranked.
func (e *env) rankedWhole(know match.Knowledge) (*match.Library, error) {
	l, err := e.someStories()
	if err != nil {
		return nil, err
	}
	return know.Read(l.stories), nil
}

// rankedKept goes by what is kept of the stories where their files are as they were.
func (e *env) rankedKept(know match.Knowledge) (*match.Library, error) {
	files, err := e.unparsed()
	if err != nil {
		return nil, err
	}
	if len(files.all) == 0 {
		return nil, noStories(files.dir)
	}
	digests, err := e.digests()
	if err != nil {
		return nil, err
	}
	entries, err := digests.of(files, know)
	if err != nil {
		return nil, err
	}
	return know.Shelve(entries), nil
}

// digests are what ranking needs of stories, by the bytes of their files.
type digests struct {
	keptFile
	env *env
}

// digestKind begins the name of the file that keeps them.
const digestKind = "digests"

// loadDigests reads what this very program kept under these very skills: of another
// one nothing is known to be still true.
func (e *env) loadDigests() (*digests, error) {
	c, err := e.config()
	if err != nil {
		return nil, err
	}
	making := fmt.Sprintf("%x", kept.KeyOf(fmt.Appendf(nil, "%s %q", programName(), c.file.Skills)))
	path := e.keptPath(digestKind, making)
	data, _ := os.ReadFile(path)
	return &digests{keptFile{kept.Read("prep digests 1\n"+making+"\n", data, e.day()), path, digestKind}, e}, nil
}

// programName names the program that runs, to its last byte.
func programName() string {
	info, _ := debug.ReadBuildInfo()
	name := versionLine(info)
	if path, err := os.Executable(); err == nil {
		if file, err := os.Stat(path); err == nil {
			name += fmt.Sprint(" ", file.Size(), file.ModTime().UnixNano())
		}
	}
	return name
}

// of gives the stories' entries. Those whose files are not known are parsed, which may
// fail, and their digests are kept.
func (d *digests) of(f unparsed, know match.Knowledge) ([]match.Entry, error) {
	entries, keys := make([]match.Entry, len(f.all)), make([]kept.Key, len(f.all))
	parallel.Do(len(f.all), func(i int) { keys[i] = kept.KeyOf(f.all[i].Data) })
	var unknown []int
	for i, file := range f.all {
		entries[i] = match.Entry{ID: file.ID(), Story: sync.OnceValue(func() *story.Story {
			s, _ := story.Parse(file.Name, file.Data) // it has been parsed before
			return &s
		})}
		var ok bool
		if entries[i].Digest, ok = d.Use(keys[i]); !ok {
			unknown = append(unknown, i)
		}
	}
	return entries, d.add(f, know, entries, keys, unknown)
}

// digestsAtOnce is how many stories are parsed and digested between two looks at the
// progress.
const digestsAtOnce = 500

// add parses and digests the unknown ones.
func (d *digests) add(f unparsed, know match.Knowledge, entries []match.Entry, keys []kept.Key, unknown []int) error {
	progress := d.env.progress("reading stories", len(unknown))
	defer progress.done()
	var failed error
	for done := 0; done < len(unknown); {
		some := unknown[done:min(done+digestsAtOnce, len(unknown))]
		failed = story.Join(failed, d.addSome(f, know, entries, keys, some))
		done += len(some)
		progress.at(done)
	}
	if failed != nil {
		return within(f.dir, failed)
	}
	d.save()
	return nil
}

func (d *digests) addSome(f unparsed, know match.Knowledge, entries []match.Entry, keys []kept.Key, some []int) error {
	parsing := make([]story.File, len(some))
	for i, at := range some {
		parsing[i] = f.all[at]
	}
	stories, err := story.ParseAll(parsing)
	if err != nil {
		return err
	}
	all := make([]*story.Story, len(stories))
	for i := range stories {
		all[i] = &stories[i]
	}
	for i, digest := range know.Digests(all) {
		entries[some[i]].Digest = digest
		d.Keep(keys[some[i]], digest)
	}
	return nil
}
