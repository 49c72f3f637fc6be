package main

import (
	"bytes"
	"fmt"
	"os"
	"path"
	"sort"
	"strings"
	"unicode"
)

// list is what `go-types types` wrote for one KubeRay.
type list struct {
	minor   string // V1_6
	module  string // v1.6.0
	roots   map[string]string
	structs map[string]map[string]listed
}

// listed is what a list says of a field.
type listed struct {
	goType   string
	keywords string
}

// table holds all lists, oldest first, and the Rust name of each struct.
type table struct {
	lists []list
	names map[string]string
}

func printTable(files []string) {
	t := table{names: map[string]string{}}
	for _, file := range files {
		t.lists = append(t.lists, readList(file))
	}
	t.giveNames()
	os.Stdout.Write(t.rust())
}

func readList(file string) list {
	text, err := os.ReadFile(file)
	if err != nil {
		fail("%v", err)
	}
	l := list{roots: map[string]string{}, structs: map[string]map[string]listed{}}
	var current map[string]listed
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSuffix(line, "\n")
		columns := strings.Split(line, "\t")
		switch {
		case strings.HasPrefix(line, "#"):
			if _, version, ok := strings.Cut(line, kuberay+" "); ok {
				l.module = strings.TrimSuffix(version, ".")
			}
		case columns[0] == "root" && len(columns) == 3:
			l.roots[columns[1]] = columns[2]
		case columns[0] == "struct" && len(columns) == 2:
			current = map[string]listed{}
			l.structs[columns[1]] = current
		case columns[0] == "" && len(columns) == 4 && current != nil:
			current[columns[1]] = listed{columns[2], columns[3]}
		default:
			fail("%s: cannot read %q", file, line)
		}
	}
	parts := strings.Split(strings.TrimPrefix(l.module, "v"), ".")
	if len(parts) != 3 {
		fail("%s names no version of %s", file, kuberay)
	}
	l.minor = "V" + parts[0] + "_" + parts[1]
	return l
}

// giveNames finds a Rust name for each struct; two of the same Go name get their package's in front.
func (t *table) giveNames() {
	owners := map[string][]string{}
	for _, l := range t.lists {
		for name := range l.structs {
			short := screaming(shortName(name))
			if _, ok := t.names[name]; !ok {
				t.names[name] = short
				owners[short] = append(owners[short], name)
			}
		}
	}
	taken := map[string]string{}
	for short, names := range owners {
		for _, name := range names {
			if len(names) > 1 {
				group := path.Base(path.Dir(strings.TrimSuffix(name, "."+shortName(name))))
				t.names[name] = screaming(group) + "_" + short
			}
			if other, ok := taken[t.names[name]]; ok {
				fail("%s and %s would both be called %s", other, name, t.names[name])
			}
			taken[t.names[name]] = name
		}
	}
}

func shortName(name string) string {
	return name[strings.LastIndex(name, ".")+1:]
}

func (t *table) rust() []byte {
	var versions []string
	for _, l := range t.lists {
		versions = append(versions, l.module)
	}
	var out bytes.Buffer
	fmt.Fprintf(&out, "//! The Go types behind the objects of KubeRay %s, in one table.\n//!\n", strings.Join(versions, ", "))
	out.WriteString("//! Generated: `UPDATE=1 cargo test -p raygate-core --test go_types` writes it. Do not edit.\n\n")
	out.WriteString("#![allow(clippy::enum_glob_use, reason = \"a row reads like the Go field it stands for\")]\n\n")
	out.WriteString("use super::ApiVersion::*;\nuse super::Keyword::*;\nuse super::Leaf::*;\nuse super::Scalar::*;\nuse super::Type::*;\nuse super::{Struct, field};\nuse crate::kuberay::KubeRayVersion::*;\n")
	names := make([]string, 0, len(t.names))
	for name := range t.names {
		names = append(names, name)
	}
	sort.Slice(names, func(i, j int) bool { return t.names[names[i]] < t.names[names[j]] })
	for _, name := range names {
		goName := path.Base(name)
		fmt.Fprintf(&out, "\npub(super) static %s: Struct = Struct::new(%q, &[\n", t.names[name], goName)
		for _, row := range t.rowsOf(name) {
			fmt.Fprintf(&out, "    %s,\n", row)
		}
		out.WriteString("]);\n")
	}
	return out.Bytes()
}

// rowsOf gives one row for each key of a struct, or one for each type and schema that the key has had.
func (t *table) rowsOf(name string) []string {
	var versions []list
	keys := map[string]bool{}
	for _, l := range t.lists {
		fields, ok := l.structs[name]
		if !ok {
			continue
		}
		versions = append(versions, l)
		for key := range fields {
			keys[key] = true
		}
	}
	sorted := make([]string, 0, len(keys))
	for key := range keys {
		sorted = append(sorted, key)
	}
	sort.Strings(sorted)
	var rows []string
	for _, key := range sorted {
		rows = append(rows, t.rowsOfKey(name, key, versions)...)
	}
	return rows
}

// rowsOfKey says from and until when only where the struct is older or younger than the field.
func (t *table) rowsOfKey(name, key string, versions []list) []string {
	var rows []string
	for first := 0; first < len(versions); {
		field, ok := versions[first].structs[name][key]
		last := first
		for last+1 < len(versions) && versions[last+1].structs[name][key] == field {
			last++
		}
		if ok {
			row := fmt.Sprintf("field(%q, %s)", key, t.rustType(field.goType))
			if field.keywords != "" {
				row += ".says(&[" + field.keywords + "])"
			}
			if first > 0 {
				row += fmt.Sprintf(".added_in(%s)", versions[first].minor)
			}
			if last+1 < len(versions) {
				row += fmt.Sprintf(".removed_after(%s)", versions[last].minor)
			}
			rows = append(rows, row)
		}
		first = last + 1
	}
	return rows
}

func (t *table) rustType(goType string) string {
	for _, outer := range []struct{ prefix, rust string }{{"*", "Pointer"}, {"[]", "List"}, {"map[string]", "Map"}} {
		if inner, ok := strings.CutPrefix(goType, outer.prefix); ok {
			return outer.rust + "(&" + t.rustType(inner) + ")"
		}
	}
	if name, ok := t.names[goType]; ok {
		return "Struct(&" + name + ")"
	}
	return "Leaf(" + goType + ")"
}

// screaming writes HTTPGetAction as HTTP_GET_ACTION.
func screaming(name string) string {
	runes := []rune(name)
	var out strings.Builder
	for i, r := range runes {
		startsWord := i > 0 && unicode.IsUpper(r) &&
			(!unicode.IsUpper(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1]))
		if startsWord && runes[i-1] != '_' {
			out.WriteByte('_')
		}
		out.WriteRune(unicode.ToUpper(r))
	}
	return out.String()
}
