using System.Buffers;
using System.Text.Json;
using Deltoid.Answers;
using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Remits;
using Deltoid.Values;

namespace Deltoid.Results;

/// <summary>
/// The answer to a file of remittances as JSON, written as its claims come: no file is held, however long it is.
/// </summary>
internal sealed class RemitJson(SurveyedFile file, CodeBook book, IBufferWriter<byte> target, bool indented)
{
    public static readonly Vocabulary<RemitVerdict> Verdicts = new("verdict", new(RemitVerdict.Post, "post"),
        new(RemitVerdict.PostWithWarning, "post-with-warning"), new(RemitVerdict.Quarantine, "quarantine"),
        new(RemitVerdict.AlreadyReceived, "already-received"));

    internal static readonly Vocabulary<MatchBy> Ways = new("match", new(MatchBy.ClaimId, "claim-id"),
        new(MatchBy.PayerControl, "payer-control"), new(MatchBy.LineControl, "line-control"),
        new(MatchBy.BestMatch, "best-match"), new(MatchBy.Hand, "by-hand"));

    internal static readonly Vocabulary<Sureness> Surenesses = new("sureness", new(Sureness.Exact, "exact"),
        new(Sureness.Likely, "likely"), new(Sureness.Unsure, "unsure"));

    readonly Utf8JsonWriter json = ResultJson.Writer(target, indented);
    readonly Func<Arg, string> names = ResultJson.NamesOf(book);
    int next; // the set that is not begun
    bool isOpen;

    /// <summary>What stands before the sets.</summary>
    public void Begin()
    {
        json.WriteStartObject();
        json.WriteString("deltoid", ResultJson.Version);
        json.WriteString("codeBook", book.Version);
        json.WriteString("file", file.Name);
        json.WriteStartArray("faults");
        foreach (var fault in file.Faults) WriteFault(fault);
        json.WriteEndArray();
        json.WriteStartArray("sets");
    }

    /// <summary>The next claim, as JSON; sets come in the order of the file.</summary>
    public void Add(SurveyedSet set, ReadOnlySpan<byte> claim)
    {
        while (!isOpen || file.Sets[next - 1] != set) BeginNext();
        json.WriteRawValue(claim, skipInputValidation: true);
    }

    /// <summary>Gives on what was written.</summary>
    public void Flush() => json.Flush();

    /// <summary>What follows the last claim.</summary>
    public void End()
    {
        while (next < file.Sets.Count) BeginNext();
        EndSet();
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
    }

    void EndSet()
    {
        if (!isOpen) return;
        json.WriteEndArray();
        json.WriteEndObject();
        isOpen = false;
    }

    void BeginNext()
    {
        EndSet();
        var set = file.Sets[next++];
        json.WriteStartObject();
        json.WriteString("control", set.Control);
        JsonOut.WriteText(json, "trace", set.Head[RemittanceText.Trace]);
        json.WriteString("payer", set.Payer);
        JsonOut.WriteDay(json, "effective", set.Day);
        WriteTotals(set);
        json.WriteBoolean("balanced", set.IsBalanced);
        json.WriteString("verdict", Verdicts[set.Verdict]);
        json.WriteStartArray("faults");
        foreach (var fault in set.Faults) WriteFault(fault);
        json.WriteEndArray();
        if (set.MoreFaults > 0) json.WriteNumber("moreFaults", set.MoreFaults);
        json.WriteStartArray("adjustments");
        foreach (var adjustment in set.Adjustments) WriteAdjustment(set, adjustment);
        json.WriteEndArray();
        json.WriteStartArray("claims");
        isOpen = true;
    }

    void WriteTotals(SurveyedSet set)
    {
        json.WriteStartObject("totals");
        JsonOut.WriteMoneyOrNull(json, "amount", set.Head.Amount);
        JsonOut.WriteMoney(json, "paid", set.Paid);
        JsonOut.WriteMoney(json, "adjusted", set.Adjusted);
        json.WriteNumber("claims", set.Claims);
        json.WriteNumber("lines", set.Head.Lines);
        json.WriteEndObject();
    }

    void WriteFault(RemitFault fault)
    {
        json.WriteStartObject();
        json.WriteString("id", RemitWords.IdOf(fault));
        json.WriteString("severity", fault.IsError ? "error" : fault.IsOfForm ? "info" : "warning");
        json.WriteString("level", RemitWords.Levels[fault.Level]);
        if (fault.Claim.Length > 0) json.WriteString("claim", fault.Claim);
        if (fault.Segment > 0) json.WriteNumber("segment", fault.Segment);
        else json.WriteNull("segment");
        json.WriteNumber("inFile", fault.InFile);
        json.WriteString("text", fault.Text);
        JsonOut.WriteMoneyOrNull(json, "off", fault.Off);
        json.WriteString("message", RemitWords.MessageOf(fault, names));
        json.WriteString("try", RemitWords.RemedyOf(fault, names));
        json.WriteEndObject();
    }

    void WriteAdjustment(SurveyedSet set, MeantAdjustment adjustment)
    {
        var row = adjustment.Row;
        json.WriteStartObject();
        JsonOut.WriteText(json, "provider", set.Head[row.Provider]);
        JsonOut.WriteDay(json, "fiscalDay", row.FiscalDay);
        JsonOut.WriteCode(json, "reason", row.Reason);
        JsonOut.WriteText(json, "reference", set.Head[row.Reference]);
        JsonOut.WriteMoney(json, "amount", row.Amount);
        json.WriteString("means", adjustment.Means);
        json.WriteString("claim", adjustment.Claim);
        json.WriteEndObject();
    }

    /// <summary>The answer to one claim, with how it was found.</summary>
    /// <param name="claim">Its number, where the answer has another or none.</param>
    /// <param name="more">Writes members that follow.</param>
    public static void WriteClaim(Resolution resolution, ClaimMatch match, Utf8JsonWriter json, string? claim = null,
        Action? more = null)
    {
        json.WriteStartObject();
        ResolutionJson.WriteMembers(resolution, json, claim);
        if (match.Sent is null) json.WriteNull("match");
        else
        {
            json.WriteStartObject("match");
            json.WriteString("claim", match.Sent.Claim.Text(Claims.ClaimText.Id));
            json.WriteString("by", Ways[match.By]);
            json.WriteString("sure", Surenesses[match.Sure]);
            WriteNotes("differences", match, json);
            json.WriteEndObject();
        }
        if (match.Sent is null && match.Notes.Count > 0) WriteNotes("candidates", match, json);
        more?.Invoke();
        json.WriteEndObject();
    }

    static void WriteNotes(string name, ClaimMatch match, Utf8JsonWriter json)
    {
        json.WriteStartArray(name);
        foreach (var note in match.Notes) json.WriteStringValue(note);
        json.WriteEndArray();
    }
}
