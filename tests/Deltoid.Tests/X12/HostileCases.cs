using System.Text;
using Deltoid.Findings;
using Deltoid.Values;
using Deltoid.X12.Claims;
using Deltoid.X12.Guides;

namespace Deltoid.Tests;

/// <summary>
/// Files that nobody should send, and what comes out of each: the kinds of findings in order, how often when more than
/// once, sets and claims.
/// </summary>
/// <param name="Out">Names of findings; then sets and claims that were read.</param>
internal sealed record HostileCase(string Name, Func<byte[]> Make, string Out);

internal static partial class HostileCases
{
    const string Isa = "ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER    "
        + "   *250401*1200*^*00501*000000001*0*T*:~";

    const string Gs = "GS*HC*SENDER*RECEIVER*20250401*1200*1*X*005010X222A1~";

    /// <summary>A professional claim as small as the guide takes it.</summary>
    static readonly string[] Claim =
    [
        "ST*837*0001*005010X222A1~",
        "BHT*0019*00*B1*20250401*1200*CH~",
        "NM1*41*2*OAK STREET MEDICINE*****46*S1~",
        "PER*IC*JO*TE*2175550100~",
        "NM1*40*2*PRAIRIE HEALTH*****46*R1~",
        "HL*1**20*1~",
        "NM1*85*2*OAK STREET MEDICINE*****XX*1234567893~",
        "N3*210 OAK ST~",
        "N4*SPRINGFIELD*IL*627041234~",
        "REF*EI*123456789~",
        "HL*2*1*22*0~",
        "SBR*P*18*******CI~",
        "NM1*IL*1*FIELD*ALAN****MI*M1~",
        "N3*1 FIRST ST~",
        "N4*PEORIA*IL*61602~",
        "DMG*D8*19500131*M~",
        "NM1*PR*2*PRAIRIE HEALTH*****PI*12345~",
        "CLM*A1*50***11:B:1*Y*A*Y*Y~",
        "HI*ABK:J459~",
        "LX*1~",
        "SV1*HC:96372*50*UN*1***1~",
        "DTP*472*D8*20250301~",
    ];

    const int Claims = 17; // where CLM stands

    static string Set => string.Concat(Claim) + $"SE*{Claim.Length + 1}*0001~";

    const string Ends = "GE*1*1~IEA*1*000000001~";

    static string Whole => Isa + Gs + Set + Ends;

    static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    static HostileCase Case(string name, string text, string result) => new(name, () => Bytes(text), result);

    /// <summary>The right file with something in it replaced.</summary>
    static HostileCase With(string name, string old, string new_, string result) =>
        Case(name, Replaced(Whole, old, new_), result);

    static string Replaced(string text, string old, string new_) =>
        text.Contains(old, StringComparison.Ordinal)
            ? text.Replace(old, new_, StringComparison.Ordinal)
            : throw new ArgumentException(old);

    /// <summary>The right file with further segments before one, and counted.</summary>
    static HostileCase Before(string name, string segment, string more, string result) =>
        Case(name, Recounted(Replaced(Whole, segment, more + segment)), result);

    static string Recounted(string text)
    {
        var set = text[text.IndexOf("ST*", StringComparison.Ordinal)..text.IndexOf("SE*", StringComparison.Ordinal)];
        return System.Text.RegularExpressions.Regex
            .Replace(text, @"~SE\*\d+", $"~SE*{set.Count(static c => c == '~') + 1}");
    }

    static string Wrapped(string text, int column, string end)
    {
        var wrapped = new StringBuilder();
        for (var at = 0; at < text.Length; at += column)
            wrapped.Append(text.AsSpan(at, Math.Min(column, text.Length - at))).Append(end);
        return wrapped.ToString();
    }

    static string With(Delimiters marks) =>
        string.Concat(Whole.Select(c => c switch
        {
            '*' => (char)marks.Element, ':' => (char)marks.Component, '^' => (char)marks.Repetition,
            '~' => (char)marks.Segment, _ => c
        }));

    public static List<HostileCase> All { get; } =
        [.. Files(), .. Envelopes(), .. Separators(), .. Sizes(), .. Segments()];

    static IEnumerable<HostileCase> Files() =>
    [
        Case("right", Whole, "nothing; 1 sets, 1 claims"),
        Case("empty", "", "nothing; 0 sets, 0 claims"),
        Case("blank lines", "\r\n\r\n  \n", "nothing; 0 sets, 0 claims"),
        Case("noise", string.Concat(Enumerable.Repeat("lorem ipsum dolor ", 200)), "no-interchange; 0 sets, 0 claims"),
        new("20 MB of noise", static () => [.. Enumerable.Repeat((byte)'x', 20 << 20)],
            "no-interchange; 0 sets, 0 claims"),
        Case("the letters ISA and no more", "ISA", "no-interchange; 0 sets, 0 claims"),
        Case("ISA cut off", Isa[..50], "no-interchange; 0 sets, 0 claims"),
        Case("ISA in small letters", Whole.ToLowerInvariant(), "no-interchange; 0 sets, 0 claims"),
        new("byte order mark", static () => [.. "\uFEFF"u8, .. Bytes(Whole)], "nothing; 1 sets, 1 claims"),
        new("UTF-16", static () => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Whole)],
            "no-interchange; 0 sets, 0 claims"),
        Case("text before ISA", "Dear payer,\r\n" + Whole, "no-interchange; 1 sets, 1 claims"),
        Case("text behind IEA", Whole + "\r\nend of file\r\n", "text-outside-interchange; 1 sets, 1 claims"),
        Case("a control-Z behind IEA", Whole + "\u001A", "nothing; 1 sets, 1 claims"),
        Case("cut inside a segment", Whole[..Whole.IndexOf("*UN*1", StringComparison.Ordinal)],
            "segment-cut, interchange-not-closed; 1 sets, 1 claims"),
        Case("cut behind a segment", Whole[..(Whole.IndexOf("LX*1~", StringComparison.Ordinal) + 5)],
            "interchange-not-closed; 1 sets, 1 claims"),
        Case("cut behind SE", Whole[..Whole.IndexOf("GE*", StringComparison.Ordinal)],
            "interchange-not-closed; 1 sets, 1 claims"),
        Case("cut behind GE", Whole[..Whole.IndexOf("IEA*", StringComparison.Ordinal)],
            "interchange-not-closed; 1 sets, 1 claims"),
        Case("ISA without its blanks", Whole.Replace("          ", "", StringComparison.Ordinal)
            .Replace("         *", "*", StringComparison.Ordinal).Replace("       *", "*", StringComparison.Ordinal),
            "isa-malformed; 1 sets, 1 claims"),
        Case("no terminator between two segments",
            Replaced(Whole, "SPRINGFIELD*IL*627041234~REF", "SPRINGFIELD*IL*627041234REF"),
            "terminator-missing; 1 sets, 1 claims"),
        Case("two interchanges", Whole + Whole.Replace("000000001", "000000002", StringComparison.Ordinal),
            "nothing; 2 sets, 2 claims"),
        Case("the same interchange twice", Whole + Whole, "interchange-control-repeated; 2 sets, 2 claims"),
        new("two interchanges, other separators",
            static () => Bytes(Whole
                + With(new((byte)'|', (byte)'>', (byte)'!', (byte)'\'')).Replace("000000001", "000000002",
                    StringComparison.Ordinal)), "nothing; 2 sets, 2 claims"),
    ];

    static IEnumerable<HostileCase> Envelopes() =>
    [
        Case("a claim without a subscriber", Recounted(Replaced(Whole, string.Concat(Claim[10..17]), "")),
            "claim-without-level; 1 sets, 1 claims"),
        Case("the terminator of ISA is a blank", Isa[..^1] + " " + Whole[Isa.Length..],
            "terminator-wrong; 1 sets, 1 claims"),
        Case("no terminator after IEA", Whole[..^1], "last-terminator-missing; 1 sets, 1 claims"),
        Before("a line's LX twice in a row", "LX*1", "LX*1~", "segment-repeated; 1 sets, 1 claims"),
        With("a level that no set has, with nothing in it", $"SE*{Claim.Length + 1}*",
            $"HL*3*1*ZZ*0~SE*{Claim.Length + 2}*", "level-unknown; 1 sets, 1 claims"),
        With("SE01 lies", $"SE*{Claim.Length + 1}*", "SE*7*", "segment-count; 1 sets, 1 claims"),
        With("SE01 is no number", $"SE*{Claim.Length + 1}*", "SE*AB*", "element-not-a-number; 1 sets, 1 claims"),
        With("SE02 lies", "*0001~GE", "*0002~GE", "set-control-differs; 1 sets, 1 claims"),
        With("GE01 lies", "GE*1*1", "GE*99*1", "set-count; 1 sets, 1 claims"),
        With("GE02 lies", "GE*1*1", "GE*1*2", "group-control-differs; 1 sets, 1 claims"),
        With("IEA01 lies", "IEA*1*", "IEA*5*", "group-count; 1 sets, 1 claims"),
        With("IEA02 lies", "IEA*1*000000001", "IEA*1*000000009", "interchange-control-differs; 1 sets, 1 claims"),
        With("an element of ISA is missing", "*0*T*:~", "*T*:~", "isa-elements; 1 sets, 1 claims"),
        With("SE twice", $"SE*{Claim.Length + 1}*0001~", $"SE*{Claim.Length + 1}*0001~SE*{Claim.Length + 1}*0001~",
            "end-without-beginning; 1 sets, 1 claims"),
        With("no GE", "GE*1*1~", "", "group-not-closed; 1 sets, 1 claims"),
        With("no SE", $"SE*{Claim.Length + 1}*0001~", "", "set-not-closed; 1 sets, 1 claims"),
        With("no GS", Gs, "", "segment-outside-group; 1 sets, 1 claims"),
        With("no ends at all", $"SE*{Claim.Length + 1}*0001~{Ends}", "", "interchange-not-closed; 1 sets, 1 claims"),
        Case("GS within a group",
            Isa + Gs + Gs.Replace("*1*X", "*2*X", StringComparison.Ordinal) + Set
                + Ends.Replace("*1*1~", "*1*2~", StringComparison.Ordinal), "group-not-closed; 1 sets, 1 claims"),
        Case("two groups of one number", Isa + Gs + Set + "GE*1*1~" + Gs + Set + "GE*1*1~IEA*2*000000001~",
            "group-control-repeated; 2 sets, 2 claims"),
        Case("two sets of one number", Isa + Gs + Set + Set + "GE*2*1~IEA*1*000000001~",
            "set-control-repeated; 2 sets, 2 claims"),
        Case("ISA within a set",
            Isa + Gs + string.Concat(Claim) + Whole.Replace("000000001", "000000002", StringComparison.Ordinal),
            "interchange-not-closed; 2 sets, 2 claims"),
        Case("an acknowledgment alone", Isa + "TA1*000000007*250331*0930*A*000~IEA*0*000000001~",
            "nothing; 0 sets, 0 claims"),
        Case("nothing in the interchange", Isa + "IEA*0*000000001~", "nothing; 0 sets, 0 claims"),
        Case("nothing in the group", Isa + Gs + "GE*0*1~IEA*1*000000001~", "nothing; 0 sets, 0 claims"),
        Case("nothing in the set", Isa + Gs + "ST*837*0001*005010X222A1~SE*2*0001~" + Ends,
            "segment-missing, loop-missing 3; 1 sets, 0 claims"),
        Case("a set that is not supported",
            Isa + Gs.Replace("HC", "PO", StringComparison.Ordinal) + "ST*850*0001~BEG*00*SA*1**20250401~SE*3*0001~"
                + Ends, "code-not-in-guide, set-not-supported; 1 sets, 0 claims"),
        With("older addenda", "005010X222A1", "005010X222", "other-addenda; 1 sets, 1 claims"),
        With("a group of another kind", "GS*HC", "GS*HP", "functional-identifier; 1 sets, 1 claims"),
        With("a group of another guide", "*X*005010X222A1", "*X*005010X223A2", "group-version; 1 sets, 1 claims"),
        Case("segments between sets", Isa + Gs + Set + "NM1*41*2*X~" + Ends, "segment-outside-set; 1 sets, 1 claims"),
        Case("5,000 segments between sets",
            Isa + Gs + Set + string.Concat(Enumerable.Repeat("NM1*41*2*X~", 5000)) + Ends,
            "segment-outside-set; 1 sets, 1 claims"),
        With("version 00401", "*^*00501*", "*U*00401*",
            "code-not-in-guide, repetition-separator-old; 1 sets, 1 claims"),
    ];

    static IEnumerable<HostileCase> Separators() =>
    [
        With("ISA one blank short", "SENDER         *", "SENDER        *",
            "element-too-short; 1 sets, 1 claims"),
        With("ISA one blank long", "SENDER         *", "SENDER          *",
            "element-too-long; 1 sets, 1 claims"),
        new("component and element separator alike",
            static () => Bytes(With(Delimiters.Usual with { Component = (byte)'*' })),
            "separators-clash, separator-of-elements 3; 1 sets, 1 claims"),
        new("component and repetition separator alike",
            static () => Bytes(With(Delimiters.Usual with { Repetition = (byte)':' })),
            "separators-clash; 1 sets, 1 claims"),
        new("a letter as component separator",
            static () => Bytes(With(Delimiters.Usual with { Component = (byte)'Q' })),
            "separators-clash; 1 sets, 1 claims"),
        new("a digit as segment terminator", static () => Bytes(With(Delimiters.Usual with { Segment = (byte)'8' })),
            "separators-clash, set-not-supported, segment-count, set-control-differs; 1 sets, 0 claims"),
        new("line feed as terminator", static () => Bytes(With(Delimiters.Usual with { Segment = (byte)'\n' })),
            "nothing; 1 sets, 1 claims"),
        new("carriage return as terminator, line feeds behind",
            static () => Bytes(With(Delimiters.Usual with { Segment = (byte)'\r' }).Replace("\r", "\r\n",
                StringComparison.Ordinal)), "nothing; 1 sets, 1 claims"),
        new("control characters as separators", static () => Bytes(With(new(0x1D, 0x1F, 0x1E, 0x1C))),
            "nothing; 1 sets, 1 claims"),
        Case("lines of CR LF", Whole.Replace("~", "~\r\n", StringComparison.Ordinal), "nothing; 1 sets, 1 claims"),
        Case("lines and blank lines", Whole.Replace("~", "~\n\n", StringComparison.Ordinal),
            "nothing; 1 sets, 1 claims"),
        Case("wrapped at 80 columns", Wrapped(Whole, 80, "\r\n"), "line-end-inside; 1 sets, 1 claims"),
        Case("wrapped at 3 columns", Isa + Wrapped(Whole[Isa.Length..], 3, "\n"), "line-end-inside; 1 sets, 1 claims"),
        Before("two terminators", "LX*1~", "~", "terminator-doubled; 1 sets, 1 claims"),
        Before("five terminators", "LX*1~", "~~~~~", "terminator-doubled; 1 sets, 1 claims"),
    ];

    static IEnumerable<HostileCase> Sizes() =>
    [
        With("an element of 70 KB", "N3*1 FIRST ST", "N3*" + new string('A', 70_000),
            "element-too-long; 1 sets, 1 claims"),
        With("a segment of 300 KB", "N3*1 FIRST ST", "N3*" + new string('A', 300_000),
            "set-not-closed, group-not-closed, past-limit, "
                + "interchange-not-closed, text-outside-interchange; 1 sets, 0 claims"),
        new("5 MB without a terminator",
            static () => Bytes(Isa + Gs + "ST*837*0001*005010X222A1~BHT*" + new string('A', 5 << 20)),
            "set-not-closed, group-not-closed, past-limit, "
                + "interchange-not-closed, text-outside-interchange; 1 sets, 0 claims"),
        With("1,000 elements", "N3*1 FIRST ST", "N3*1 FIRST ST" + new string('*', 1000) + "X",
            "elements-too-many; 1 sets, 1 claims"),
        With("100,000 elements", "N3*1 FIRST ST", "N3" + string.Concat(Enumerable.Repeat("*A", 100_000)),
            "elements-too-many; 1 sets, 1 claims"),
        With("100,000 repetitions", "REF*EI*123456789", "REF*EI*1" + string.Concat(Enumerable.Repeat("^1", 100_000)),
            "element-too-short, repetitions-too-many; 1 sets, 1 claims"),
        With("100,000 components", "HI*ABK:J459", "HI*ABK" + string.Concat(Enumerable.Repeat(":A", 100_000)),
            "form-not-valid, element-not-used 7, components-too-many; 1 sets, 1 claims"),
        new("100,000 levels",
            static () => Bytes(Recounted(Replaced(Whole, "HL*2*1",
                string.Concat(Enumerable.Range(2, 100_000).Select(static n => $"HL*{n}*{n - 1}*22*1~"))
                    + "HL*100002*1"))),
            "segment-unexpected 3050, level-number 61, level-parent 96949, segment-missing 96889, "
                + "loop-missing 193778, loop-asked-for 95181; 1 sets, 1 claims"),
        new("a level that is its own parent", static () => Bytes(Replaced(Whole, "HL*2*1*", "HL*2*2*")),
            "level-parent; 1 sets, 1 claims"),
        new("10,000 claims of one subscriber",
            static () => Bytes(Recounted(Replaced(Whole, Claim[Claims],
                string.Concat(Enumerable.Repeat(string.Concat(Claim[Claims..]), 9_999)) + Claim[Claims]))),
            "loop-too-often; 1 sets, 10000 claims"),
        new("10,000 lines of one claim",
            static () => Bytes(Recounted(Replaced(Whole, "SE*",
                string.Concat(Enumerable.Range(2, 9_999)
                    .Select(static n => $"LX*{n}~SV1*HC:96372*0*UN*1***1~DTP*472*D8*20250301~")) + "SE*"))),
            "loop-too-often; 1 sets, 1 claims"),
    ];

    static IEnumerable<HostileCase> Segments() =>
    [
        Before("a segment that nobody knows", "LX*1~", "ZZZ*1~", "segment-unknown; 1 sets, 1 claims"),
        Before("a segment of another set", "LX*1~", "CLP*1~", "segment-not-in-set; 1 sets, 1 claims"),
        Before("a segment out of place", "LX*1~", "BHT*0019~", "segment-out-of-sequence; 1 sets, 1 claims"),
        Before("a segment without a name", "LX*1~", "*1*2~", "segment-name; 1 sets, 1 claims"),
        Before("a name of one letter", "LX*1~", "A*1~", "segment-name; 1 sets, 1 claims"),
        Before("a name of eight letters", "LX*1~", "SMITHSON*1~", "segment-name; 1 sets, 1 claims"),
        Before("a name in small letters", "LX*1~", "lx*1~", "segment-name-small; 1 sets, 1 claims"),
        Before("a segment without elements", "LX*1~", "K3~",
            "segment-out-of-sequence, segment-empty; 1 sets, 1 claims"),
        With("separators that separate nothing", "N3*1 FIRST ST", "N3*1 FIRST ST*",
            "trailing-separators; 1 sets, 1 claims"),
        With("a separator too many inside", "*50*UN*1***1~", "*50*UN**1***1~", "separator-extra; 1 sets, 1 claims"),
        With("a separator missing inside", "*50*UN*1***1~", "*50*UN*1**1~", "separator-missing; 1 sets, 1 claims"),
        With("elements for components", "SV1*HC:96372*50", "SV1*HC*96372*50", "separator-of-elements; 1 sets, 1 claims"),
        With("components for elements", "SV1*HC:96372*50", "SV1*HC:96372:50", "separator-of-components; 1 sets, 1 claims"),
        With("elements swapped", "*50*UN*1***1~", "*50*1*UN***1~", "elements-swapped; 1 sets, 1 claims"),
        With("a code left out", "DTP*472*D8*", "DTP*472*", "element-left-out; 1 sets, 1 claims"),
        With("blanks around", "N3*1 FIRST ST", "N3* 1 FIRST ST ", "blanks-around; 1 sets, 1 claims"),
        With("a null character", "FIELD*", "FI\0LD*", "element-character 2; 1 sets, 1 claims"),
        With("a tabulator", "FIELD*", "FI\tLD*", "element-character 2; 1 sets, 1 claims"),
        With("letters of Latin-1", "FIELD*", "F\u00CELD*", "nothing; 1 sets, 1 claims"),
        new("letters of UTF-8",
            static () => Encoding.UTF8.GetBytes(Whole.Replace("FIELD", "NÚÑEZ", StringComparison.Ordinal)),
            "nothing; 1 sets, 1 claims"),
        With("a number with an exponent", "*50***", "*5E1***", "element-not-a-number; 1 sets, 1 claims"),
        With("a number with a comma", "*50***", "*1,000***", "element-not-a-number; 1 sets, 1 claims"),
        With("a number of 40 digits", "*50***", "*" + new string('9', 40) + "***",
            "element-too-long; 1 sets, 1 claims"),
        With("a negative charge", "*50***", "*-50***", "amount-negative; 1 sets, 1 claims"),
        With("a day that there is not", "D8*20250301", "D8*20250231", "date-not-valid; 1 sets, 1 claims"),
        With("the year 0000", "D8*20250301", "D8*00000101", "date-not-valid; 1 sets, 1 claims"),
        With("a span that ends before it begins", "D8*20250301", "RD8*20250302-20250301",
            "span-backward; 1 sets, 1 claims"),
    ];
}

internal static partial class HostileCases
{
    /// <summary>The kinds of findings that the cases show.</summary>
    public static IEnumerable<FindingInfo> Shown =>
        X12Findings.All.Concat(ClaimFindings.All).Where(i =>
            All.Exists(c => c.Out.Split(["; ", ", "], StringSplitOptions.None).Any(p => p.Split(' ')[0] == i.Name)));

    /// <summary>What came out, as the cases state it.</summary>
    public static string Result(X12Reading reading)
    {
        var names = new List<(string Name, int Count)>();
        foreach (var finding in reading.Findings)
        {
            if (names.FindIndex(n => n.Name == finding.Info.Name) is >= 0 and var at)
                names[at] = (finding.Info.Name, names[at].Count + 1);
            else
                names.Add((finding.Info.Name, 1));
        }
        return $"{(names.Count == 0 ? "nothing" : string.Join(", ", names.Select(static n => n.Count == 1 ? n.Name : $"{n.Name} {n.Count}")))}; "
            + $"{reading.Sets} sets, {reading.Claims.Count} claims";
    }
}
