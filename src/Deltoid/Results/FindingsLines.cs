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

namespace Deltoid.Results;

/// <summary>
/// Writes what was found on a claim as one line of JSON: <c>{"claim":…,"findings":[…]}</c>. What a finding says is rendered once for
/// all claims where it says the same; only its key and its place in the file are written anew. Belongs to one worker.
/// </summary>
public sealed class FindingsLines(CodeBook book) : FindingsWriter
{
    /// <summary>Renderings that are kept; the oldest idea of a cache, emptied when full, is enough.</summary>
    const int MostKept = 50_000;

    readonly Dictionary<Shape, (byte[] Head, byte[] Fix, byte[] Joined)> rendered = [];
    readonly Dictionary<(int Row, int Line, int Element, int Component), byte[]> paths = [];
    readonly ArrayBufferWriter<byte> scratch = new();
    readonly Func<Arg, string> names = ResultJson.NamesOf(book);
    readonly FindingKey keys = new(new Claim());
    byte[] line = new byte[16 * 1024];
    int used;

    /// <summary>All that decides what a finding says.</summary>
    [StructLayout(LayoutKind.Auto)]
    readonly record struct Shape(FindingInfo Info, Severity Severity, Place Place, int OtherLine, Arg A, Arg B, Arg C,
        Arg D, Change First, Change Second, int Index, int OtherIndex, ulong Code, SourcePlace At, bool IsFacility)
    {
        /// <summary>Of what differs most.</summary>
        public override int GetHashCode() => HashCode.Combine(Info, Place.Line, OtherLine, A.Value, B.Value, C.Value, D.Value, Code);
    }

    public override int Write(Claim claim, FindingList findings, IBufferWriter<byte> target)
    {
        Begin(claim);
        Add("{\"claim\":\""u8);
        AddText(claim[ClaimText.Id]);
        Add("\""u8);
        AddFindings(claim, findings, target);
        return 1;
    }

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
        if (paths.Count > MostKept) paths.Clear();
        keys.Use(claim);
        used = 0;
    }

    void AddFindings(Claim claim, FindingList findings, IBufferWriter<byte> target)
    {
        Add(",\"findings\":["u8);
        var first = true;
        for (var i = 0; i < findings.Count; i++)
        {
            if (findings[i].Under != 0) continue;
            if (!first) Add(","u8);
            first = false;
            AddFinding(claim, findings, i);
        }
        Add("]}\n"u8);
        target.Write(line.AsSpan(0, used));
    }

    void AddFinding(Claim claim, FindingList findings, int index)
    {
        ref readonly var finding = ref findings[index];
        var (head, fix, _) = Rendered(finding, claim);
        Add("{\"key\":\""u8);
        AddHex(keys.NumberOf(finding));
        Add("\","u8);
        Add(head);
        Add(",\"x12\":"u8);
        AddX12(finding, claim);
        Add(",\"also\":["u8);
        var first = true;
        for (var i = 0; i < findings.Count; i++)
        {
            if (findings[i].Under != index + 1) continue;
            if (!first) Add(","u8);
            first = false;
            Add(Rendered(findings[i], claim).Joined);
        }
        Add("],"u8);
        Add(fix);
        Add("}"u8);
    }

    (byte[] Head, byte[] Fix, byte[] Joined) Rendered(in Finding finding, Claim claim)
    {
        var at = finding.Source; // of its place in the file only the element is told in words
        var index = claim.IndexOf(finding.Place.Line);
        var code = index >= 0 ? claim.Lines[index].Code.Packed : ulong.MaxValue; // no line, which is not a line without a code
        var shape = new Shape(finding.Info, finding.Severity, ClaimPlaces.Exact(finding, claim), finding.OtherLine, finding.A, finding.B,
            finding.C, finding.D.Kind == ArgKind.Trigger ? default : finding.D, finding.First, finding.Second, index,
            claim.IndexOf(finding.OtherLine), code,
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
        var at = isX12 ? finding.Source : ClaimPlaces.Of(claim, finding);
        if (at.Interchange == 0) { Add("null"u8); return; }
        Add("{\"path\":\""u8);
        Add(isX12 ? PathOf(finding) : PathOf(claim, at, finding.Place.Line));
        Add("\",\"interchange\":"u8);
        AddNumber(at.Interchange);
        Add(",\"group\":"u8);
        AddNumber(at.Group);
        Add(",\"set\":"u8);
        AddNumber(at.Set);
        Add(",\"segment\":"u8);
        AddNumber(at.Segment);
        if (at.Element > 0) { Add(",\"element\":"u8); AddNumber(at.Element); }
        if (at.Component > 0) { Add(",\"component\":"u8); AddNumber(at.Component); }
        if (at.Repeat > 0) { Add(",\"repeat\":"u8); AddNumber(at.Repeat); }
        if (at.ByteOffset > 0) { Add(",\"byte\":"u8); AddNumber(at.ByteOffset); }
        if (isX12 && finding.A.Kind == ArgKind.Row) { Add(",\"rule\":\""u8); Add(Encoding.ASCII.GetBytes(GuideNames.RowOf(finding))); Add("\""u8); }
        Add("}"u8);
    }

    static byte[] PathOf(in Finding finding) => Encoding.ASCII.GetBytes(FindingPaths.Of(finding));

    byte[] PathOf(Claim claim, in SourcePlace at, int ofLine)
    {
        var row = 0;
        foreach (ref readonly var segment in claim.Segments) if (segment.Ordinal == at.Segment) row = segment.Row;
        var key = (claim.Setting == Values.Setting.Facility ? -row : row, ofLine, (int)at.Element, (int)at.Component);
        if (!paths.TryGetValue(key, out var path)) paths[key] = path = Encoding.ASCII.GetBytes(ClaimPlaces.Path(claim, at, ofLine));
        return path;
    }

    void Add(ReadOnlySpan<byte> text)
    {
        if (used + text.Length > line.Length) Array.Resize(ref line, (used + text.Length) * 2);
        text.CopyTo(line.AsSpan(used));
        used += text.Length;
    }

    void AddNumber(long number)
    {
        Span<byte> text = stackalloc byte[20];
        Utf8Formatter.TryFormat(number, text, out var written);
        Add(text[..written]);
    }

    void AddHex(ulong number)
    {
        Span<byte> text = stackalloc byte[16];
        Utf8Formatter.TryFormat(number, text, out _, new StandardFormat('x', 16));
        Add(text);
    }

    /// <summary>A text of the claim within quotes, which are not written.</summary>
    void AddText(ReadOnlySpan<byte> text)
    {
        foreach (var b in text)
            if (b is < 0x20 or > 0x7E or (byte)'"' or (byte)'\\')
            {
                var readable = System.Text.Unicode.Utf8.IsValid(text) ? Encoding.UTF8.GetString(text) : Encoding.Latin1.GetString(text);
                Add(JsonEncodedText.Encode(readable, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes);
                return;
            }
        Add(text);
    }
}
