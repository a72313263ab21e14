using Deltoid.Charting;
using Deltoid.Fhir;
using Deltoid.Values;

namespace Deltoid.Hl7;

/// <summary>
/// Reads messages about injections (RDE, RAS, VXU, DFT) as encounter JSON. What is not understood, and what has no
/// field, is named by segment and field; no value is repeated.
/// </summary>
internal sealed partial class Hl7Reader
{
    readonly Hl7Message message;
    readonly List<ReadingNote> notes = [];
    readonly JsonDraft chart = new();
    readonly List<JsonDraft> administrations = [];
    string kind = "";
    DateOnly day;

    Hl7Reader(Hl7Message message) => this.message = message;

    /// <summary>Reads each message of a file.</summary>
    /// <exception cref="InputException">It is no message that is read here.</exception>
    public static List<ForeignVisit> ReadAll(ReadOnlyMemory<byte> bytes) =>
        Hl7Message.ReadAll(bytes).ConvertAll(static message => new Hl7Reader(message).Read());

    ForeignVisit Read()
    {
        kind = message[0, 9].Text;
        if (kind is not ("RDE" or "RAS" or "VXU" or "DFT"))
            throw new InputException("MSH-9", "this message is not of injections", "send RDE, RAS, VXU or DFT");
        message.MarkAll(0);
        var charset = message[0, 18].Peek;
        if (charset is not ("" or "ASCII" or "UNICODE UTF-8" or "8859/1" or "UNICODE"))
            Say(ReadingNote.NotUnderstood, "MSH[1]-18", "the character set is not known, so it was read as UTF-8 or "
                + "ISO 8859-1", "write UNICODE UTF-8 or 8859/1");
        FindDay();
        chart.Text("serviceDate", day.Iso());
        ReadHead();
        ReadGroups();
        chart.Objects("administrations", administrations);
        ReadCharges();
        var encounter = chart.Bytes();
        EncounterJson.Read(encounter, "");
        foreach (var (path, isSegment) in message.Unread())
            Say(ReadingNote.NoField, path, isSegment ? "the segment has no field in an encounter"
                : "this has no field in an encounter", "nothing is needed, unless it says what was given");
        if (message.HasUnknownEscape)
            Say(ReadingNote.NotUnderstood, "MSH[1]-2", "an escape is none of the standard's, and stays as it is",
                "write \\F\\ \\S\\ \\T\\ \\R\\ \\E\\ or \\Xhh\\");
        return new(encounter, notes);
    }

    void Say(string id, string at, string what, string tryThis) => notes.Add(new(id, at, what, tryThis));

    void NotUnderstood(Hl7Field field, string what, string tryThis)
    {
        message.MarkRead(field.Segment, field.Number);
        Say(ReadingNote.NotUnderstood, field.Path, what + " is not understood", tryThis);
    }

    /// <summary>
    /// The one day of what was given and charged; the start of the visit where it is one of several. What was given
    /// elsewhere before (RXA-9 01 in a VXU) has days of its own.
    /// </summary>
    void FindDay()
    {
        var days = new HashSet<DateOnly>();
        for (var s = 0; s < message.SegmentCount; s++)
        {
            var time = message.NameOf(s) switch
            {
                "RXA" when !IsHistorical(s) => message[s, 3], "FT1" => message[s, 4], _ => default,
            };
            if (time.Message is not null && Hl7Text.TryTime(time.Peek, out var when, out _)) days.Add(when);
        }
        var visit = message.Find("PV1");
        var hasStart = Hl7Text.TryTime(visit < 0 ? "" : message[visit, 44].Text, out var start, out _);
        if (days.Count > 1 && !(hasStart && days.Contains(start)))
            throw new InputException("RXA-3", "what was given is of several days", "send a message for each visit");
        if (days.Count == 0 && !hasStart && kind == "RDE") hasStart = Hl7Text.TryTime(message[0, 7].Peek, out start,
            out _);
        if (days.Count == 0 && !hasStart)
            throw new InputException(kind == "DFT" ? "FT1-4" : "RXA-3", "the day of the visit is missing",
                "write it as 20260302");
        day = days.Count == 1 ? days.First() : start;
    }

    bool IsHistorical(int segment) => message[segment, 9].Peek is "01" or "02" or "03" or "04" or "05" or "06"
        or "07" or "08";

    void ReadHead()
    {
        if (message.Find("EVN") is >= 0 and var happened) message.MarkAll(happened);
        if (message.Find("PID") is >= 0 and var pid) ReadPatient(pid);
        if (message.Find("PV1") is >= 0 and var visit) ReadVisit(visit);
        if (message.Find("IN1") is >= 0 and var plan) ReadPlan(plan);
        var codes = new List<string>();
        foreach (var s in Segments("DG1")) ReadDiagnosis(s, codes);
        foreach (var repeat in Segments("FT1").SelectMany(s => message[s, 19].Repeats)) codes.Add(repeat[1]);
        chart.Texts("diagnoses", [.. codes.Where(static c => c.Length > 0).Distinct()]);
    }

    IEnumerable<int> Segments(string name) =>
        Enumerable.Range(0, message.SegmentCount).Where(s => message.NameOf(s) == name);

    void ReadPatient(int pid)
    {
        var patient = new JsonDraft();
        message.MarkRead(pid, 1);
        if (Hl7Text.TryTime(message[pid, 7].Text, out var born, out _)) patient.Text("birthDate", born.Iso());
        else if (!message[pid, 7].IsEmpty) NotUnderstood(message[pid, 7], "the day of birth", "write it as 19580409");
        var sex = message[pid, 8];
        if (sex.Text is { Length: > 0 } text && Words.Sexes.TryRead(text, out var read))
            patient.Text("sex", Words.Sexes[read]);
        else if (!sex.IsEmpty) NotUnderstood(sex, "the sex", "write F, M or X");
        chart.Object("patient", patient);
    }

    void ReadVisit(int visit)
    {
        var provider = new JsonDraft();
        message.MarkRead(visit, 1);
        message.MarkRead(visit, 2);
        foreach (var doctor in message[visit, 7].Repeats)
            if (NpiOf(doctor) is { Length: > 0 } npi) provider.Text("rendering", npi);
        chart.Object("provider", provider);
    }

    /// <summary>The NPI of a person (XCN): its number, when it has ten digits.</summary>
    static string NpiOf(Hl7Part person) =>
        person[1] is { Length: 10 } number && number.All(char.IsAsciiDigit) ? number : "";

    void ReadPlan(int plan)
    {
        var payer = new JsonDraft();
        message.MarkRead(plan, 1);
        payer.Text("id", message[plan, 3].Text);
        foreach (var words in (string[])[message[plan, 15].Text, message[plan, 4].Peek])
            if (Words.PayerKinds.TryRead(words, out var payerKind))
                payer.Text("kind", Words.PayerKinds[payerKind]);
        if (payer.Has("kind")) message.MarkRead(plan, 4);
        chart.Object("payer", payer);
        chart.Text("priorAuthorization", message[plan, 14].Text);
    }

    void ReadDiagnosis(int segment, List<string> codes)
    {
        var system = message[segment, 3][3].ToUpperInvariant();
        if (system is "I10" or "I10C" or "ICD10" or "ICD-10" or "ICD-10-CM" or "ICD10CM" or "")
        {
            message.MarkRead(segment, 1);
            message.MarkRead(segment, 2);
            message.MarkRead(segment, 4);
            message.MarkRead(segment, 6);
            codes.Add(message[segment, 3].Text);
        }
        else NotUnderstood(message[segment, 3], "the diagnosis", "send its ICD-10-CM code, with I10 as its system");
    }
}
