using Deltoid.Values;
using Deltoid.X12.Segments;

namespace Deltoid.X12.Guides;

/// <summary>Compiles a guide's table with the standard's segments and elements into a <see cref="Guide"/>.</summary>
sealed class GuideBuilder
{
    static readonly (string Name, Outside List)[] Lists =
    [
        ("@npi", Outside.Npi),
        ("@tax", Outside.Tax),
        ("@state", Outside.State),
        ("@zip", Outside.Zip),
        ("@zip9", Outside.Zip9),
        ("@country", Outside.Country),
        ("@taxonomy", Outside.Taxonomy),
        ("@pos", Outside.Place),
        ("@icd10", Outside.Diagnosis),
        ("@hcpcs", Outside.Procedure),
        ("@revenue", Outside.Revenue),
        ("@ndc", Outside.Ndc),
        ("@carc", Outside.Carc),
        ("@rarc", Outside.Rarc),
        ("@status", Outside.Status),
        ("@category", Outside.Category),
        ("@modifier", Outside.Modifier),
        ("@phone", Outside.Phone),
        ("@bill", Outside.Bill),
        ("@nubc", Outside.Nubc),
        ("@drg", Outside.Drg),
        ("@icd10pcs", Outside.Surgery),
        ("@currency", Outside.Currency),
        ("@any", Outside.Any),
    ];

    readonly Standard standard;
    readonly GuideTable table;
    readonly Guide guide;
    readonly List<SegmentRow> segments = [];
    readonly List<ElementSpec> specs = [];
    readonly List<CodeSet> codeSets = [];
    readonly List<SyntaxNote[]> notes = [];

    GuideBuilder(TransactionSet set, GuideTable table, Standard standard) =>
        (guide, this.table, this.standard) = (new Guide(set), table, standard);

    public static Guide Build(TransactionSet set, GuideTable table, Standard standard)
    {
        var builder = new GuideBuilder(set, table, standard);
        builder.AddLoops();
        builder.DropKeysOfSingles();
        builder.AddEntries();
        var guide = builder.guide;
        guide.Segments = [.. builder.segments];
        guide.Specs = [.. builder.specs];
        guide.CodeSets = [.. builder.codeSets];
        guide.Notes = [.. builder.notes];
        guide.FindKeyElements();
        foreach (var rule in table.Rules) RuleCompiler.Add(guide, rule);
        return guide;
    }

    void AddLoops()
    {
        guide.Loops =
            [.. table.Loops.Select(l => new LoopRow
                {
                    Name = l.Name, NameBytes = System.Text.Encoding.ASCII.GetBytes(l.Name), Row = l.Row,
                    Parents = [.. l.Parents.Select(IndexOf)], Position = l.Position,
                    Required = l.Required, Max = l.Max, OnceEach = l.OnceEach, Label = l.Label,
                })];
        for (var i = 0; i < table.Loops.Count; i++)
        {
            guide.Loops[i].First = segments.Count;
            guide.Labels[table.Loops[i].Row] = table.Loops[i].Label;
            guide.SetSegment(table.Loops[i].Row, segments.Count);
            foreach (var segment in table.Loops[i].Segments) AddSegment(i, segment, table.Loops[i]);
        }
    }

    /// <summary>
    /// A segment that the guide has once needs no code to be known by: with a wrong one it is still in its place. The
    /// same holds of one that may be without its code and has no namesake where it may come.
    /// </summary>
    void DropKeysOfSingles()
    {
        foreach (var row in segments)
        {
            var namesakes = segments.FindAll(s => s != row && s.Id == row.Id);
            if (namesakes.Count == 0 || (MayLackKey(row) && !namesakes.Exists(s => MeetIn(s, row)))) row.Keys = [];
        }
    }

    bool MayLackKey(SegmentRow row) =>
        row.KeyElement == 1 && row.Elements > 0 && specs[row.FirstSpec].Use == Use.Situational;

    /// <summary>Both may come in one loop.</summary>
    bool MeetIn(SegmentRow one, SegmentRow other) => HomesOf(one).Intersect(HomesOf(other)).Any();

    int[] HomesOf(SegmentRow row) =>
        guide.Loops[row.Loop].First == row.Index ? guide.Loops[row.Loop].Parents : [row.Loop];

    int IndexOf(string loop) =>
        table.Loops.FindIndex(l => l.Name == loop) is >= 0 and var index
            ? index
            : throw new FormatException($"{guide.Name}: the loop {loop} is not in the table");

    void AddSegment(int loop, GuideTable.Segment segment, GuideTable.Loop home)
    {
        var (count, syntax) = standard.Segment(segment.Name);
        var row = new SegmentRow
        {
            Name = segment.Name, NameBytes = System.Text.Encoding.ASCII.GetBytes(segment.Name),
            Id = SegmentReader.PackOf(segment.Name), Row = segment.Row,
            Index = segments.Count, Loop = loop, Label = segment.Label, Max = segment.Max, OnceEach = segment.OnceEach,
            Required = segment.Required, Position = segment.Position,
            Elements = count, Notes = syntax, KeyElement = KeyOf(segment, home),
        };
        guide.Labels[row.Row] = row.Label;
        guide.SetSegment(row.Row, row.Index);
        foreach (var element in segment.Elements) guide.SetSegment(element.Row, row.Index);
        row.FirstSpec = AddSpecs(count, segment.Row, segment.Elements, 0);
        row.Keys = KeysOf(segment, row.KeyElement);
        guide.AddName(row.Id, row.Index);
        segments.Add(row);
    }

    /// <summary>
    /// Specs of a segment's elements or, from <paramref name="parent"/> on, of one composite's components.
    /// </summary>
    int AddSpecs(int count, ushort segment, List<GuideTable.Element> rows, int parent)
    {
        var first = specs.Count;
        for (var i = 0; i < count; i++)
            specs.Add(new ElementSpec
            {
                Row = segment, Codes = -1, Notes = -1, Repeats = 1, Greatest = ushort.MaxValue, Decimals = byte.MaxValue
            });
        foreach (var element in rows)
        {
            guide.Labels[element.Row] = element.Label;
            if (parent == 0 && element.Component > 0) continue;
            if (parent > 0 && (element.Component == 0 || element.From > parent || element.Thru < parent)) continue;
            var from = parent > 0 ? element.Component : element.From;
            var thru = parent > 0 ? element.Component : element.Thru;
            for (var number = from; number <= thru; number++)
            {
                if (number > count)
                    throw new FormatException($"{guide.RowId(element.Row)}: the standard has only {count}");
                specs[first + number - 1] = SpecOf(element, rows, parent > 0 ? 0 : number, segment);
            }
        }
        return first;
    }

    ElementSpec SpecOf(GuideTable.Element element, List<GuideTable.Element> rows, int number, ushort segment)
    {
        var spec = new ElementSpec
        {
            Use = element.Required ? Use.Required : Use.Situational, Row = element.Row, Codes = -1, Notes = -1,
            Repeats = (byte)Math.Min(element.Repeats, 255)
        };
        if (element.Reference.StartsWith('C') || element.Reference.StartsWith('S'))
        {
            var (count, syntax) = standard.Segment(element.Reference);
            if (syntax.Length > 0)
            {
                spec.Notes = (short)notes.Count;
                notes.Add(syntax);
            }
            spec.Greatest = ushort.MaxValue;
            spec.Components = (byte)count;
            spec.FirstComponent = (short)AddSpecs(count, element.Row, rows, number);
            return spec;
        }
        var (type, least, greatest) = standard.Element(element.Reference);
        spec.Decimals =
            (byte)(element.Decimals >= 0 ? element.Decimals : type == ElementType.Money ? 2 : byte.MaxValue);
        // those of ISA have letters
        (spec.Type, spec.Reference) = (type,
            ushort.TryParse(element.Reference, out var reference) ? reference : (ushort)0);
        spec.Least = (byte)(element.Least < 0 ? least : element.Least);
        spec.Greatest = (ushort)(element.Greatest < 0 ? greatest : element.Greatest);
        spec.ByFormat = element.Reference == "1251";
        spec.Range = element.Range;
        foreach (var code in element.Codes)
            if (code[0] == '@')
                spec.Outside = Array.Find(Lists, l => l.Name == code) is { List: not Outside.None } list
                    ? list.List
                    : throw new FormatException($"{guide.RowId(element.Row)}: {code} is no list");
        if (element.Codes.Length > 0 && spec.Outside == Outside.None) spec.Codes = CodeSetOf(element.Codes);
        if (element.Codes.Length == 1 && spec.Codes >= 0) spec.Value = Packed(element.Codes[0]);
        spec.First = FirstOf(spec);
        return spec;
    }

    FirstCheck FirstOf(in ElementSpec spec)
    {
        if (spec.Codes >= 0 && codeSets[spec.Codes].Longer.Length > 0) return FirstCheck.Slow;
        if (spec.Value != 0) return FirstCheck.Value;
        if (spec.Codes >= 0) return FirstCheck.Codes;
        if (spec.Outside != Outside.None || spec.ByFormat) return FirstCheck.Slow;
        return spec.Type switch
        {
            ElementType.Text or ElementType.Id => FirstCheck.Length,
            ElementType.Number or ElementType.Money or ElementType.Whole => FirstCheck.Digits,
            _ => FirstCheck.Slow
        };
    }

    short CodeSetOf(string[] codes)
    {
        ulong[] values = [.. codes.Select(Packed)];
        var known = codeSets.FindIndex(s => s.Values.AsSpan().SequenceEqual(values));
        if (known >= 0) return (short)known;
        codeSets.Add(new CodeSet(values, [.. codes.Where(static c => c.Length > 8)
            .Select(static c => System.Text.Encoding.ASCII.GetBytes(c.Replace('_', ' ')))]));
        return (short)(codeSets.Count - 1);
    }

    /// <summary>
    /// A value longer than eight characters is known by its first eight; a table writes a blank in it as a low line.
    /// </summary>
    internal static ulong Packed(string code) => SegmentReader.PackOf(code.Replace('_', ' '));

    /// <summary>
    /// The first element that sets a segment apart from its namesakes in the loop: 1 nearly always, 3 of HL, 2 where
    /// the codes of the first overlap.
    /// </summary>
    static int KeyOf(GuideTable.Segment segment, GuideTable.Loop home)
    {
        if (segment.Name == "HL") return 3;
        var overlaps = home.Segments.Exists(s =>
            s != segment && s.Name == segment.Name && KeysOf(s, 1).Intersect(KeysOf(segment, 1)).Any());
        return overlaps
            && home.Segments.TrueForAll(s =>
                s == segment || s.Name != segment.Name || !KeysOf(s, 2).Intersect(KeysOf(segment, 2)).Any())
            ? 2
            : 1;
    }

    static ulong[] KeysOf(GuideTable.Segment segment, int key)
    {
        var element = segment.Elements.Find(e => e.From == key && e.Component == 1)
            ?? segment.Elements.Find(e => e.From == key && e.Component == 0);
        return element is null || element.Codes.Any(c => c[0] == '@') ? [] : [.. element.Codes.Select(Packed)];
    }

    void AddEntries()
    {
        var counter = 0;
        for (var loop = 0; loop < guide.Loops.Length; loop++)
        {
            var row = guide.Loops[loop];
            var entries = new List<Entry>();
            for (var s = row.First + 1; s < segments.Count && segments[s].Loop == loop; s++)
                entries.Add(new Entry
                {
                    Segment = (short)s, Child = -1, Position = (ushort)segments[s].Position, Max = segments[s].Max,
                    OnceEach = segments[s].OnceEach
                });
            for (var child = 0; child < guide.Loops.Length; child++)
                if (Array.IndexOf(guide.Loops[child].Parents, loop) >= 0)
                    entries.Add(new Entry { Segment = (short)guide.Loops[child].First, Child = (short)child,
                        Position = (ushort)guide.Loops[child].Position, Max = guide.Loops[child].Max,
                        OnceEach = guide.Loops[child].OnceEach });
            if (entries.Count > 64)
                throw new FormatException($"{guide.Name}: the loop {row.Name} has more than 64 entries");
            row.Entries = [.. entries.OrderBy(e => e.Position)];
            Number(row, ref counter);
            Index(row);
        }
        guide.Counters = counter;
    }

    void Number(LoopRow row, ref int counter)
    {
        for (var i = 0; i < row.Entries.Length; i++)
        {
            ref var entry = ref row.Entries[i];
            entry.Counter = (short)counter++;
            for (var j = 0; j < row.Entries.Length; j++)
                if (row.Entries[j].Position < entry.Position) entry.Before |= 1UL << j;
            if (entry.Child >= 0 ? guide.Loops[entry.Child].Required : segments[entry.Segment].Required)
                row.MustHave |= 1UL << i;
        }
    }

    void Index(LoopRow row)
    {
        var candidates = new List<Candidate>();
        row.ByName = new short[guide.Names + 1];
        for (var name = 0; name < guide.Names; name++)
        {
            row.ByName[name] = (short)candidates.Count;
            for (var i = 0; i < row.Entries.Length; i++)
            {
                var of = segments[row.Entries[i].Segment];
                if (guide.NameNumber(of.Id) == name)
                    candidates.Add(new((short)i, (byte)(of.Keys.Length == 0 ? 0 : of.KeyElement),
                        of.Keys.Length == 1 ? of.Keys[0] : 0, of.Keys.Length > 1 ? of.Keys : null));
            }
        }
        row.ByName[guide.Names] = (short)candidates.Count;
        row.Candidates = [.. candidates];
    }
}
