using System.Buffers;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.X12;
using Deltoid.X12.Claims;
using Deltoid.X12.Guides;

namespace Deltoid.Results;

/// <summary>
/// Writes what was found on a claim as one line of JSON: <c>{"claim":…,"findings":[…]}</c>. What a finding says is
/// rendered once for all claims where it says the same; only its key and its place in the file are written each time.
/// Belongs to one worker.
/// </summary>
public sealed partial class FindingsLines(CodeBook book) : FindingsWriter
{
    /// <summary>Renderings that are kept; the oldest idea of a cache, emptied when full, is enough.</summary>
    const int MostKept = 50_000;

    readonly Dictionary<Shape, (byte[] Head, byte[] Fix, byte[] Joined)> rendered = [];
    readonly ArrayBufferWriter<byte> scratch = new();
    readonly Func<Arg, string> names = ResultJson.NamesOf(book);
    readonly FindingKey keys = new(new Claim());
    readonly ClaimPlaceFinder places = new();
    byte[] line = new byte[16 * 1024];
    int used;

    /// <summary>All that decides what a finding says.</summary>
    [StructLayout(LayoutKind.Auto)]
    readonly record struct Shape(FindingInfo Info, Severity Severity, Place Place, int OtherLine, Arg A, Arg B, Arg C,
        Arg D, Change First, Change Second, int Index, int OtherIndex, ulong Code, SourcePlace At, bool IsFacility)
    {
        /// <summary>Of what differs most.</summary>
        public override int GetHashCode() =>
            HashCode.Combine(Info, Place.Line, OtherLine, A.Value, B.Value, C.Value, D.Value, Code);
    }

    /// <inheritdoc/>
    public override int Write(Claim claim, FindingList findings, IBufferWriter<byte> target)
    {
        Begin(claim);
        Add("{\"claim\":\""u8);
        AddText(claim[ClaimText.Id]);
        Add("\""u8);
        AddFindings(claim, findings, target);
        return 1;
    }

    /// <inheritdoc/>
    public override int Write(in SourcePlace set, FindingList findings, IBufferWriter<byte> target)
    {
        if (findings.Count == 0) return 0;
        Begin(NoClaim);
        Add("{\"interchange\":"u8);
        AddNumber(set.Interchange);
        Add(",\"group\":"u8);
        AddNumber(set.Group);
        Add(",\"set\":"u8);
        AddNumber(set.Set);
        AddFindings(NoClaim, findings, target);
        return 1;
    }

    void Begin(Claim claim)
    {
        if (rendered.Count > MostKept) rendered.Clear();
        keys.Use(claim);
        places.Use(claim);
        used = 0;
    }

    void AddFindings(Claim claim, FindingList findings, IBufferWriter<byte> target)
    {
        Add(",\"findings\":["u8);
        var (first, anyJoined) = (true, false);
        foreach (ref readonly var finding in findings.Span) anyJoined |= finding.Under != 0;
        for (var i = 0; i < findings.Count; i++)
        {
            if (findings[i].Under != 0) continue;
            if (!first) Add(","u8);
            first = false;
            AddFinding(claim, findings, i, anyJoined);
        }
        Add("]}\n"u8);
        target.Write(line.AsSpan(0, used));
    }

    void AddFinding(Claim claim, FindingList findings, int index, bool anyJoined)
    {
        ref readonly var finding = ref findings[index];
        var plan = PlanOf(finding, claim);
        Add("{\"key\":\""u8);
        AddHex(keys.NumberOf(finding));
        Add("\","u8);
        if (plan is not null) AddHead(plan, finding, claim);
        else Add(Rendered(finding, claim).Head);
        Add(",\"x12\":"u8);
        AddX12(finding, claim);
        Add(",\"also\":["u8);
        if (anyJoined) AddAlso(claim, findings, index);
        Add("],"u8);
        if (plan is not null) AddFix(plan, finding, claim);
        else Add(Rendered(finding, claim).Fix);
        Add("}"u8);
    }

    void AddAlso(Claim claim, FindingList findings, int index)
    {
        var first = true;
        for (var i = 0; i < findings.Count; i++)
        {
            if (findings[i].Under != index + 1) continue;
            if (!first) Add(","u8);
            first = false;
            if (PlanOf(findings[i], claim) is { } plan) AddJoined(plan, findings[i], claim);
            else Add(Rendered(findings[i], claim).Joined);
        }
    }

    (byte[] Head, byte[] Fix, byte[] Joined) Rendered(in Finding finding, Claim claim)
    {
        var at = finding.Source; // of its place in the file only the element is in words
        var index = claim.IndexOf(finding.Place.Line);
        // no line, which is not a line without a code
        var code = index >= 0 ? claim.Lines[index].Code.Packed : ulong.MaxValue;
        var shape = new Shape(finding.Info, finding.Severity, ClaimPlaces.Exact(finding, claim), finding.OtherLine,
            finding.A, finding.B, finding.C, finding.D.Kind == ArgKind.Trigger ? default : finding.D, finding.First,
            finding.Second, index, claim.IndexOf(finding.OtherLine), code,
            new(0, 0, 0, 0, at.Element, at.Component, at.Repeat, 0), claim.Setting == Values.Setting.Facility);
        if (rendered.TryGetValue(shape, out var known) && claim.Origins.Count == 0) return known;
        var copy = finding;
        known = (Members(json => ResultJson.WriteHead(copy, claim, names, json, full: false)),
            Members(json => ResultJson.WriteFix(copy, claim, names, json)),
            Value(json => ResultJson.WriteJoined(copy, claim, names, json)));
        return rendered[shape] = known;
    }

    byte[] Value(Action<Utf8JsonWriter> write)
    {
        scratch.ResetWrittenCount();
        using var json = ResultJson.Writer(scratch, indented: false);
        write(json);
        json.Flush();
        return scratch.WrittenSpan.ToArray();
    }

    /// <summary>Members of an object without the braces around them.</summary>
    byte[] Members(Action<Utf8JsonWriter> write) => Value(json =>
    {
        json.WriteStartObject();
        write(json);
        json.WriteEndObject();
    })[1..^1];

    /// <summary>As <see cref="ResultJson"/> writes it.</summary>
    void AddX12(in Finding finding, Claim claim)
    {
        var isX12 = finding.Info.Maker == Maker.File;
        var row = -1;
        var at = isX12 ? finding.Source : places.Of(ClaimPlaces.Exact(finding, claim), out row);
        if (at.Interchange == 0)
        {
            Add("null"u8);
            return;
        }
        Add("{\"path\":\""u8);
        if (isX12) AddPath(finding);
        else if (row >= 0) AddPath(ClaimPlaces.GuideOf(claim).Segments[row], at, finding.Place.Line, claim);
        AddPlace(at);
        if (finding.A.Kind == ArgKind.Row)
        {
            Add(",\"rule\":\"X12"u8);
            Add([finding.A.Extra]);
            AddPadded(finding.A.Value, 4);
            Add("\""u8);
        }
        Add("}"u8);
    }

    void AddPlace(in SourcePlace at)
    {
        Add("\",\"interchange\":"u8);
        AddNumber(at.Interchange);
        Add(",\"group\":"u8);
        AddNumber(at.Group);
        Add(",\"set\":"u8);
        AddNumber(at.Set);
        Add(",\"segment\":"u8);
        AddNumber(at.Segment);
        AddMember(",\"element\":"u8, at.Element);
        AddMember(",\"component\":"u8, at.Component);
        AddMember(",\"repeat\":"u8, at.Repeat);
        AddMember(",\"byte\":"u8, at.ByteOffset);
    }

    void AddMember(ReadOnlySpan<byte> name, long number)
    {
        if (number <= 0) return;
        Add(name);
        AddNumber(number);
    }

    readonly Dictionary<Arg, (byte[] Name, bool IsInLines)> loops = [];

    /// <summary>As <see cref="FindingPaths"/>.</summary>
    void AddPath(in Finding finding)
    {
        if (finding.B.Kind != ArgKind.Segment) return;
        if (!loops.TryGetValue(finding.C, out var loop))
        {
            var isInLines = GuideNames.LoopOf(finding.C) is { IsInLines: true };
            loops[finding.C] = loop = (FindingPlan.Escaped(GuideNames.NameOf(finding.C)), isInLines);
        }
        Add(loop.Name);
        if (loop.IsInLines && finding.Place.Line > 0) AddIndex(finding.Place.Line);
        if (loop.Name.Length > 0) Add("/"u8);
        Add(WordsOf(finding.B));
        AddDash(finding.Source);
    }

    /// <summary>As <see cref="ClaimPlaces.Path(Claim, in SourcePlace, int)"/>.</summary>
    void AddPath(SegmentRow of, in SourcePlace at, int ofLine, Claim claim)
    {
        Add(WordsOf(Arg.Loop(ClaimPlaces.GuideOf(claim).Letter, of.Loop)));
        if (of.Section == Section.Line && ofLine > 0) AddIndex(ofLine);
        Add("/"u8);
        Add(of.NameBytes);
        AddDash(at);
    }

    void AddIndex(int number)
    {
        Add("["u8);
        AddNumber(number);
        Add("]"u8);
    }

    void AddDash(in SourcePlace at)
    {
        if (at.Element == 0) return;
        Add("-"u8);
        AddElement(at.Element, at.Component > 0 ? at.Component : 0);
    }

    void Add(ReadOnlySpan<byte> text)
    {
        text.CopyTo(Room(text.Length));
        used += text.Length;
    }

    /// <summary>Where the next bytes of the line go, so many at most.</summary>
    Span<byte> Room(int length)
    {
        if (used + length > line.Length) Array.Resize(ref line, (used + length) * 2);
        return line.AsSpan(used, length);
    }

    void AddNumber(long number)
    {
        if (number is >= 0 and < 10)
        {
            Room(1)[0] = (byte)('0' + number);
            used++;
            return;
        }
        Utf8Formatter.TryFormat(number, Room(20), out var written);
        used += written;
    }

    void AddHex(ulong number)
    {
        var room = Room(16);
        for (var i = 15; i >= 0; i--, number >>= 4) room[i] = "0123456789abcdef"u8[(int)(number & 15)];
        used += 16;
    }

    /// <summary>A text of the claim within quotes, which are not written.</summary>
    void AddText(ReadOnlySpan<byte> text)
    {
        foreach (var b in text)
            if (b is < 0x20 or > 0x7E or (byte)'"' or (byte)'\\')
            {
                var readable = System.Text.Unicode.Utf8.IsValid(text)
                    ? Encoding.UTF8.GetString(text)
                    : Encoding.Latin1.GetString(text);
                Add(JsonEncodedText.Encode(readable, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes);
                return;
            }
        Add(text);
    }
}
