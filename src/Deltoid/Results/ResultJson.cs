using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Edits.Documentation;
using Deltoid.Findings;
using Deltoid.Pricing;
using Deltoid.Traces;
using Deltoid.Values;
using Deltoid.X12;
using Deltoid.X12.Claims;

namespace Deltoid.Results;

/// <summary>
/// Writes the result JSON of the interface: lines, findings, documentation, trace. The
/// order of members is fixed, amounts have two decimals written from cents, and the same result is written as the same
/// bytes. Any thread may call it, each with a writer of its own.
/// </summary>
public static class ResultJson
{
    /// <summary>The version of this JSON; it changes only when a member is renamed or removed.</summary>
    public const string Version = "1";

    /// <summary>A writer as every face of Deltoid uses it: text stays readable, indented only for people.</summary>
    public static Utf8JsonWriter Writer(IBufferWriter<byte> buffer, bool indented) =>
        new(buffer,
            new JsonWriterOptions
            {
                Indented = indented, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true,
                NewLine = "\n"
            });

    /// <summary>Writes one result object.</summary>
    /// <param name="file">The name of the input, where there were several; null leaves it out.</param>
    public static void Write(CodedVisit visit, Utf8JsonWriter json, string? file = null)
    {
        json.WriteStartObject();
        json.WriteString("deltoid"u8, Version);
        json.WriteString("codeBook"u8, visit.Book.Version);
        if (file is not null) json.WriteString("file"u8, file);
        json.WritePropertyName("claim"u8);
        ClaimJson.Write(visit.Claim, json);
        WriteLines(visit, json);
        WriteFindings(visit.Findings, visit.Claim, visit.Book, json, full: true);
        WriteDocumentation(visit.Documentation, json);
        WriteTrace(visit.Trace, visit.Claim, visit.Book, json);
        json.WriteEndObject();
    }

    /// <summary>What is written in place of an input that cannot be read.</summary>
    public static void WriteError(string file, InputException error, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        WriteErrorOf(file, error, json);
        json.WriteEndObject();
    }

    /// <summary>An item of a file that is not read whole, with what was read under <c>claim</c>.</summary>
    public static void WriteError(string file, InputException error, Action<Utf8JsonWriter> claim, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        WriteErrorOf(file, error, json);
        json.WritePropertyName("claim"u8);
        claim(json);
        json.WriteEndObject();
    }

    static void WriteErrorOf(string file, InputException error, Utf8JsonWriter json)
    {
        json.WriteString("file"u8, file);
        json.WritePropertyName("error"u8);
        WriteError(error, json);
    }

    /// <summary>With what else is wrong with the input under <c>also</c>.</summary>
    static void WriteError(InputException error, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("at"u8, error.At);
        json.WriteString("message"u8, error.Message);
        json.WriteString("try"u8, error.Try);
        if (error.Also.Count > 0)
        {
            json.WriteStartArray("also"u8);
            foreach (var more in error.Also) WriteError(more, json);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    static void WriteLines(CodedVisit visit, Utf8JsonWriter json)
    {
        json.WriteStartArray("lines"u8);
        for (var i = 0; i < visit.Claim.Lines.Length; i++)
        {
            ref readonly var line = ref visit.Claim.Lines[i];
            json.WriteStartObject();
            json.WriteNumber("number"u8, line.Number);
            WriteCode(json, "code"u8, line.Code);
            WriteModifiers(json, line.Modifiers);
            WriteNumber(json, "units"u8, line.Units.ToString());
            WritePointed(json, visit.Claim, line.Pointers);
            WriteOrigins(json, visit, line.Number);
            WriteNdc(json, visit.Claim, line);
            if (i < visit.Expected.Count) WriteExpected(json, visit.Expected[i]);
            WriteSteps(json, visit, line.Number);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    static void WriteModifiers(Utf8JsonWriter json, Modifiers modifiers)
    {
        json.WriteStartArray("modifiers"u8);
        for (var i = 0; i < modifiers.Count; i++) json.WriteStringValue(modifiers[i].ToString());
        json.WriteEndArray();
    }

    static void WritePointed(Utf8JsonWriter json, Claim claim, Pointers pointers)
    {
        json.WriteStartArray("diagnoses"u8);
        for (var i = 0; i < pointers.Count; i++)
            if (pointers[i] >= 1 && pointers[i] <= claim.DiagnosisCount)
                json.WriteStringValue(claim.Diagnoses[pointers[i] - 1].ToDiagnosis());
        json.WriteEndArray();
    }

    static void WriteOrigins(Utf8JsonWriter json, CodedVisit visit, int line)
    {
        json.WriteStartArray("from"u8);
        foreach (var origin in visit.OriginsOf(line)) json.WriteStringValue(Places.Pointer(origin));
        json.WriteEndArray();
    }

    static void WriteNdc(Utf8JsonWriter json, Claim claim, in ServiceLine line)
    {
        if (line.Ndc.IsNone && line.NdcText.IsEmpty)
        {
            json.WriteNull("ndc"u8);
            return;
        }
        json.WriteStartObject("ndc"u8);
        if (line.Ndc.IsNone)
            json.WriteString("code"u8, claim.Text(line.NdcText));
        else
            json.WriteString("code"u8, line.Ndc.ToString());
        if (line.NdcUnit == NdcUnit.None)
            json.WriteNull("unit"u8);
        else
            json.WriteString("unit"u8, line.NdcUnit.ToString());
        if (line.NdcQuantity == Quantity.Zero)
            json.WriteNull("quantity"u8);
        else
            WriteNumber(json, "quantity"u8, line.NdcQuantity.ToString());
        json.WriteEndObject();
    }

    static void WriteExpected(Utf8JsonWriter json, in Expected expected)
    {
        if (expected.Amount is not { } amount)
        {
            json.WriteNull("expected"u8);
            json.WriteString("expectedWhy"u8, expected.WhyText);
            return;
        }
        json.WriteStartObject("expected"u8);
        WriteNumber(json, "amount"u8, amount.ToString());
        json.WriteString("basis"u8, expected.BasisText);
        json.WriteEndObject();
        json.WriteNull("expectedWhy"u8);
    }

    /// <summary>
    /// Writes one priced code: code, modifiers, units, expected or why not, who pays it, and what is not in it.
    /// </summary>
    /// <param name="also">What else is not in the price.</param>
    public static void WritePrice(in ServiceLine line, in Expected expected, ReadOnlySpan<string> also,
        Utf8JsonWriter json)
    {
        json.WriteStartObject();
        WriteCode(json, "code"u8, line.Code);
        WriteModifiers(json, line.Modifiers);
        WriteNumber(json, "units"u8, line.Units.ToString());
        WriteExpected(json, expected);
        if (expected.LimitingCharge is { } limit) WriteNumber(json, "limitingCharge"u8, limit.ToString());
        if (expected.Shares is { } shares) WriteShares(shares, json);
        WriteDay(expected, json);
        json.WriteStartArray("notApplied"u8);
        foreach (var words in NotApplied.Of(line, expected)) json.WriteStringValue(words);
        foreach (var words in also) json.WriteStringValue(words);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void WriteShares(in Shares shares, Utf8JsonWriter json)
    {
        json.WriteStartObject("payment"u8);
        WriteNumber(json, "allowed"u8, shares.Allowed.ToString());
        WriteNumber(json, "coinsurancePercent"u8, shares.Percent.ToString("0.###", CultureInfo.InvariantCulture));
        WriteNumber(json, "patient"u8, shares.Patient.ToString());
        WriteNumber(json, "medicare"u8, shares.Medicare.ToString());
        WriteNumber(json, "afterSequestration"u8, shares.AfterSequestration.ToString());
        json.WriteEndObject();
    }

    /// <summary>
    /// What the other codes of the day did to it: the amount by itself, and by which rules it is lower.
    /// </summary>
    static void WriteDay(in Expected expected, Utf8JsonWriter json)
    {
        if (expected.Full is not { } full) return;
        json.WriteStartObject("sameDay"u8);
        WriteNumber(json, "alone"u8, full.ToString());
        json.WriteStartArray("rules"u8);
        foreach (var words in expected.RuleTexts) json.WriteStringValue(words);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void WriteSteps(Utf8JsonWriter json, CodedVisit visit, int line)
    {
        json.WriteStartArray("trace"u8);
        foreach (var step in visit.StepsOf(line)) json.WriteStringValue(StepId(step));
        json.WriteEndArray();
    }

    static string StepId(int step) => "t" + step.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// Writes the member <c>findings</c>: those that speak; what they explain is under their <c>also</c>.
    /// </summary>
    /// <param name="full">False leaves out what the catalogue says of every finding with that id.</param>
    public static void WriteFindings(FindingList findings, Claim claim, CodeBook book, Utf8JsonWriter json, bool full)
    {
        var names = NamesOf(book);
        var keys = new FindingKey(claim);
        var under = new LineIndex(findings.Count, Joined(findings));
        json.WriteStartArray("findings"u8);
        for (var i = 0; i < findings.Count; i++)
        {
            if (findings[i].Under != 0) continue;
            json.WriteStartObject();
            WriteFinding(findings, i, keys, under[i + 1], names, json, full);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>Writes the members of one finding in full.</summary>
    internal static void WriteFinding(FindingList findings, int index, FindingKey keys, Func<Arg, string> names,
        Utf8JsonWriter json) =>
        WriteFinding(findings, index, keys, new LineIndex(findings.Count, Joined(findings))[index + 1], names, json,
            full: true);

    /// <summary>The words of arguments that a code book or an X12 guide knows.</summary>
    public static Func<Arg, string> NamesOf(CodeBook book) => arg => arg.Kind
        is ArgKind.Row or ArgKind.Loop or ArgKind.Set or ArgKind.Fault or ArgKind.Remedy or ArgKind.Codes
            ? GuideNames.NameOf(arg)
            : book.NameOf(arg);

    /// <summary>Findings that are under another: the other's number from 1, and their own index.</summary>
    static List<(int Under, int Index)> Joined(FindingList findings)
    {
        var joined = new List<(int, int)>();
        for (var i = 0; i < findings.Count; i++)
            if (findings[i].Under > 0) joined.Add((findings[i].Under, i));
        return joined;
    }

    static void WriteFinding(FindingList findings, int index, FindingKey keys, ReadOnlySpan<int> under,
        Func<Arg, string> names, Utf8JsonWriter json, bool full)
    {
        ref readonly var finding = ref findings[index];
        json.WriteString("key"u8, keys.Of(finding));
        WriteHead(finding, keys.Claim, names, json, full);
        WriteX12(finding, keys.Claim, json);
        if (full) WritePredictions(finding.Info, json);
        WriteAlso(findings, under, keys.Claim, names, json);
        if (full) WriteCitation(finding.Info.Citation, json);
        WriteFix(finding, keys.Claim, names, json);
    }

    /// <summary>What a finding says that is the same wherever it says the same: from the id to the box.</summary>
    internal static void WriteHead(in Finding finding, Claim claim, Func<Arg, string> names, Utf8JsonWriter json,
        bool full)
    {
        json.WriteString("id"u8, finding.Info.Id);
        if (full) json.WriteString("name"u8, finding.Info.Name);
        json.WriteString("severity"u8, FindingText.Of(finding.Severity));
        json.WriteString("outcome"u8, FindingText.Of(finding.Info.Outcome));
        json.WriteString("message"u8, Sentence.Of(finding, claim, names));
        WritePlace(ClaimPlaces.Exact(finding, claim), claim, json);
    }

    static void WritePlace(Place place, Claim claim, Utf8JsonWriter json)
    {
        json.WriteString("at"u8, Places.Pointer(place, claim));
        if (place.Line > 0) json.WriteNumber("line"u8, place.Line);
        else json.WriteNull("line"u8);
        var field = Places.Name(place.ClaimField != Field.None ? place.ClaimField : place.ChartField);
        if (field.Length > 0) json.WriteString("field"u8, field);
        else json.WriteNull("field"u8);
        if (Places.Box(place, claim.Setting) is { } box) json.WriteString("box"u8, box);
        else json.WriteNull("box"u8);
    }

    /// <summary>
    /// Where it is in the X12 that was read: ordinals from 1, the segment from ST = 1, the byte of the file; null
    /// when no X12 was read.
    /// </summary>
    static void WriteX12(in Finding finding, Claim? claim, Utf8JsonWriter json)
    {
        var isX12 = finding.Info.Maker == Maker.File;
        var at = isX12 || claim is null ? finding.Source : ClaimPlaces.Of(claim, finding);
        if (at.Interchange == 0)
        {
            json.WriteNull("x12"u8);
            return;
        }
        json.WriteStartObject("x12"u8);
        json.WriteString("path"u8, isX12 ? FindingPaths.Of(finding) : ClaimPlaces.Path(claim, at, finding.Place.Line));
        json.WriteNumber("interchange"u8, at.Interchange);
        json.WriteNumber("group"u8, at.Group);
        json.WriteNumber("set"u8, at.Set);
        json.WriteNumber("segment"u8, at.Segment);
        if (at.Element > 0) json.WriteNumber("element"u8, at.Element);
        if (at.Component > 0) json.WriteNumber("component"u8, at.Component);
        if (at.Repeat > 0) json.WriteNumber("repeat"u8, at.Repeat);
        if (at.ByteOffset > 0) json.WriteNumber("byte"u8, at.ByteOffset);
        if (GuideNames.RowOf(finding) is { Length: > 0 } row) json.WriteString("rule"u8, row);
        json.WriteEndObject();
    }

    /// <summary>Writes the member <c>predicts</c>.</summary>
    public static void WritePredictions(FindingInfo info, Utf8JsonWriter json)
    {
        json.WriteStartArray("predicts"u8);
        foreach (var prediction in info.Predicts ?? [])
        {
            json.WriteStartObject();
            json.WriteString("carc"u8, prediction.Carc);
            json.WriteStartArray("rarc"u8);
            foreach (var remark in prediction.Rarcs) json.WriteStringValue(remark);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    static void WriteAlso(FindingList findings, ReadOnlySpan<int> under, Claim claim, Func<Arg, string> names,
        Utf8JsonWriter json)
    {
        json.WriteStartArray("also"u8);
        foreach (var i in under) WriteJoined(findings[i], claim, names, json);
        json.WriteEndArray();
    }

    /// <summary>A finding that is under another.</summary>
    internal static void WriteJoined(in Finding finding, Claim claim, Func<Arg, string> names, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, finding.Info.Id);
        json.WriteString("name"u8, finding.Info.Name);
        json.WriteString("message"u8, Sentence.Of(finding, claim, names));
        json.WriteEndObject();
    }

    /// <summary>Writes the member <c>citation</c>.</summary>
    public static void WriteCitation(Citation citation, Utf8JsonWriter json)
    {
        json.WriteStartObject("citation"u8);
        json.WriteString("authority"u8, FindingText.Of(citation.Authority));
        json.WriteString("section"u8, citation.Section);
        if (citation.Url is { } url) json.WriteString("url"u8, url);
        else json.WriteNull("url"u8);
        json.WriteEndObject();
    }

    internal static void WriteFix(in Finding finding, Claim claim, Func<Arg, string> names, Utf8JsonWriter json)
    {
        if (finding.Info.Fix is not { } fix)
        {
            json.WriteNull("fix"u8);
            return;
        }
        json.WriteStartObject("fix"u8);
        json.WriteString("safety"u8, FindingText.Of(fix.Safety));
        json.WriteString("text"u8, FindingText.Fix(finding, names));
        json.WriteStartArray("changes"u8);
        WriteChange(finding.First, claim, names, json);
        WriteChange(finding.Second, claim, names, json);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void WriteChange(in Change change, Claim claim, Func<Arg, string> names, Utf8JsonWriter json)
    {
        if (change.Op == ChangeOp.None) return;
        json.WriteStartObject();
        json.WriteString("op"u8,
            change.Op switch { ChangeOp.Add => "add", ChangeOp.Replace => "replace", _ => "remove" });
        json.WriteString("path"u8,
            change.Place.Part != Part.None
                ? Places.Pointer(change.Place, claim)
                : Places.ClaimPointer(change.Place, claim));
        json.WritePropertyName("value"u8);
        if (change.Value.Kind == ArgKind.None) json.WriteNullValue();
        else if (change.Value.Kind is ArgKind.Count or ArgKind.Quantity or ArgKind.Minutes)
            json.WriteRawValue(change.Value.Kind == ArgKind.Quantity ? new Quantity(change.Value.Value)
                .ToString() : change.Value.Value.ToString(CultureInfo.InvariantCulture));
        else
            json.WriteStringValue(FindingText.Of(change.Value, names));
        json.WriteEndObject();
    }

    static void WriteDocumentation(Checklist? checklist, Utf8JsonWriter json)
    {
        if (checklist is null)
        {
            json.WriteNull("documentation"u8);
            return;
        }
        json.WriteStartObject("documentation"u8);
        json.WriteNumber("score"u8, checklist.Score);
        json.WriteString("band"u8, checklist.Band);
        json.WriteStartArray("missing"u8);
        foreach (var element in checklist.Missing)
            json.WriteStringValue("D-" + element.ToString("00", CultureInfo.InvariantCulture));
        json.WriteEndArray();
        json.WriteStartArray("knockOuts"u8);
        foreach (var (element, _) in checklist.KnockOuts)
            json.WriteStringValue("D-" + element.ToString("00", CultureInfo.InvariantCulture));
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void WriteTrace(Trace trace, Claim claim, CodeBook book, Utf8JsonWriter json)
    {
        Func<Arg, string> names = book.NameOf;
        json.WriteStartArray("trace"u8);
        for (var i = 0; i < trace.Count; i++)
        {
            ref readonly var step = ref trace.Steps[i];
            json.WriteStartObject();
            json.WriteString("id"u8, StepId(i + 1));
            json.WriteString("asked"u8, step.Question.Asked);
            json.WriteString("answer"u8, Sentence.Answer(step, names));
            json.WriteString("fact"u8, Sentence.Fact(step, names));
            json.WriteString("rule"u8, step.Question.Rules);
            json.WriteString("citation"u8, step.Question.Citation);
            json.WriteString("citationUrl"u8, Cites.Url(step.Question.Citation));
            json.WriteString("at"u8, Places.Pointer(step.At, claim));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    static void WriteCode(Utf8JsonWriter json, ReadOnlySpan<byte> name, Code code)
    {
        Span<char> text = stackalloc char[Code.MaxLength];
        json.WriteString(name, text[..code.Write(text)]);
    }

    /// <summary>Written as text so that two decimals stay two decimals.</summary>
    static void WriteNumber(Utf8JsonWriter json, ReadOnlySpan<byte> name, string digits)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(digits, skipInputValidation: true);
    }
}
