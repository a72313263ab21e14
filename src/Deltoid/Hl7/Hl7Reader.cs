using System.Globalization;
using Deltoid.Charting;
using Deltoid.Codes;
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
    readonly CodeBook? book;
    readonly List<ReadingNote> notes = [];
    readonly JsonDraft chart = new();
    readonly List<Given> administrations = [];
    readonly Dictionary<string, int[]> sources = [];
    string kind = "";
    DateOnly day;
    DateOnly? visitDay, born;
    int? zone;

    Hl7Reader(Hl7Message message, CodeBook? book) => (this.message, this.book) = (message, book);

    /// <summary>Reads each message of a file.</summary>
    /// <param name="book">Knows how much a package holds; without it no charge says a dose by its package.</param>
    /// <exception cref="InputException">It is no message that is read here.</exception>
    public static List<ForeignVisit> ReadAll(ReadOnlyMemory<byte> bytes, CodeBook? book = null) =>
        Hl7Message.ReadAll(bytes).ConvertAll(message => new Hl7Reader(message, book).Read());

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
        if (Hl7Moment.TryRead(message[0, 7].Peek, null, out var made)) zone = made.Offset;
        FindDay();
        chart.Text("serviceDate", day.Iso());
        ReadHead();
        ReadGroups();
        ReadCharges();
        ReadDiagnoses();
        Put("administrations", [.. administrations.Where(static a => a.Draft is not null)
            .Select(static a => (a.Draft!, a.Segment))]);
        var encounter = Checked(chart.Bytes());
        foreach (var (path, isSegment) in message.Unread())
            Say(ReadingNote.NoField, path, isSegment ? "the segment has no field in an encounter"
                : "this has no field in an encounter", "nothing is needed, unless it says what was given");
        if (message.HasUnknownEscape)
            Say(ReadingNote.NotUnderstood, "MSH[1]-2", "an escape is none of the standard's, and stays as it is",
                "write \\F\\ \\S\\ \\T\\ \\R\\ \\E\\ or \\Xhh\\");
        return new(encounter, notes);
    }

    /// <summary>A list of the encounter, and the segments that its entries are from.</summary>
    void Put(string name, List<(JsonDraft Draft, int Segment)> entries)
    {
        chart.Objects(name, entries.ConvertAll(static e => e.Draft));
        sources[name] = [.. entries.Select(static e => e.Segment)];
    }

    /// <summary>The encounter, once it reads; what is wrong with it is reported where the message has it.</summary>
    byte[] Checked(byte[] encounter)
    {
        try
        {
            EncounterJson.Read(encounter, "");
            return encounter;
        }
        catch (InputException e)
        {
            // the message of the JSON begins with the place there, which the sender has never seen
            var what = e.Message[(e.Message.IndexOf(": ", StringComparison.Ordinal) is >= 0 and var at ? at + 2 : 0)..];
            throw new InputException(PlaceOf(e.At), what, e.Try);
        }
    }

    /// <summary>Where the message has what is at a place of the encounter.</summary>
    string PlaceOf(string pointer)
    {
        var steps = pointer.Split('/');
        if (steps is ["", var list, var index, ..] && sources.TryGetValue(list, out var segments)
            && int.TryParse(index, CultureInfo.InvariantCulture, out var i) && i < segments.Length)
        {
            var name = message.NameOf(segments[i]);
            var number = Array.Find(Fields, f => f.Segment == name && steps.Contains(f.Name)).Field;
            return number > 0 ? message[segments[i], number].Path : message.PathOf(segments[i]);
        }
        foreach (var (name, segment, number) in Fields)
            if (steps[^1] == name || (steps.Length > 1 && steps[1] == name))
                return $"{segment}-{number.ToString(CultureInfo.InvariantCulture)}";
        return "MSH-9";
    }

    /// <summary>Which field of a message is a field of the encounter.</summary>
    static readonly (string Name, string Segment, int Field)[] Fields =
    [
        ("birthDate", "PID", 7), ("sex", "PID", 8), ("rendering", "PV1", 7), ("serviceDate", "RXA", 3),
        ("diagnoses", "DG1", 3), ("id", "IN1", 3), ("kind", "IN1", 15), ("priorAuthorization", "IN1", 14),
        ("units", "FT1", 10), ("code", "FT1", 25), ("hcpcs", "FT1", 25), ("modifiers", "FT1", 26), ("ndc", "FT1", 29),
        ("start", "RXA", 3), ("stop", "RXA", 4), ("minutes", "RXA", 4), ("drug", "RXA", 5), ("hcpcs", "RXA", 5),
        ("ndc", "RXA", 5), ("dose", "RXA", 6), ("performer", "RXA", 10), ("concentration", "RXA", 13),
        ("lot", "RXA", 15), ("expires", "RXA", 16), ("drug", "RXE", 2), ("hcpcs", "RXE", 2), ("ndc", "RXE", 2),
        ("dose", "RXE", 3),
    ];

    void Say(string id, string at, string what, string tryThis) => notes.Add(new(id, at, what, tryThis));

    void NotUnderstood(Hl7Field field, string what, string tryThis)
    {
        message.MarkRead(field.Segment, field.Number);
        Say(ReadingNote.NotUnderstood, field.Path, what + " is not understood", tryThis);
    }

    /// <summary>What belongs together is left out as one, since a field that decides it is not understood.</summary>
    void LeaveOut(Hl7Field field, int end, string what, string tryThis)
    {
        Say(ReadingNote.NotUnderstood, field.Path, what + ", so all of it is left out", tryThis);
        for (var s = field.Segment; s < end; s++) message.MarkAll(s);
    }

    void LeaveOut(int from, int end, string why, string tryThis = "look whether it is of this visit")
    {
        Say(ReadingNote.LeftOut, message.PathOf(from), "this is left out: " + why, tryThis);
        for (var s = from; s < end; s++) message.MarkAll(s);
    }

    /// <summary>A time of the message; false where there is none, or it is not understood.</summary>
    bool TryTime(Hl7Field field, out Hl7Moment moment) => Hl7Moment.TryRead(field.Peek, zone, out moment);

    const string UtcDay = "in UTC it can be the day before",
        WriteZone = "write it with the offset of the place, as 20260302193000-0600, or the day of the visit in PV1-44";

    /// <summary>
    /// The one day of what was given and charged; the start of the visit where it is one of several. What was given
    /// elsewhere before (RXA-9 01 in a VXU) has days of its own. In UTC the day can be the one before: the start of the
    /// visit decides it, or nothing does.
    /// </summary>
    void FindDay()
    {
        var visit = message.Find("PV1");
        Hl7Field unsure = default, unread = default, second = default;
        if (visit >= 0 && TryTime(message[visit, 44], out var start))
        {
            if (start.IsDayKnown) visitDay = start.Day;
            else unsure = message[visit, 44];
        }
        var days = new HashSet<DateOnly>();
        foreach (var time in TimesOfService())
            if (!TryTime(time, out var when)) unread = time;
            else if (DayOf(when) is not { } known) unsure = time;
            else if (days.Add(known) && days.Count > 1) second = time;
        if (visitDay is not null && (days.Count == 0 || days.Contains(visitDay.Value)))
            message.MarkRead(visit, 44);
        if (days.Count > 1 && !(visitDay is { } first && days.Contains(first)))
            throw new InputException(second.Path, "what was given is of several days", "send a message for each visit");
        var made = kind == "RDE" && TryTime(message[0, 7], out var at) && at.IsDayKnown ? at.Day : (DateOnly?)null;
        // a visit that began on another day does not say when it was given
        var isOpen = unsure.Message is not null && message.NameOf(unsure.Segment) != "PV1";
        var found = days.Count == 1 ? days.First() : isOpen && days.Count == 0 ? null : visitDay ?? made;
        if (found is null && unsure.Message is not null)
            throw new InputException(unsure.Path, "the day of the visit is not sure: " + UtcDay, WriteZone);
        day = found ?? throw new InputException(unread.Message is not null ? unread.Path : kind == "DFT" ? "FT1-4"
            : "RXA-3", unread.Message is not null && !unread.IsEmpty ? "the day of the visit is not understood"
            : "the day of the visit is missing", "write it as 20260302");
    }

    /// <summary>The times of what was given here and is charged.</summary>
    IEnumerable<Hl7Field> TimesOfService()
    {
        for (var s = 0; s < message.SegmentCount; s++)
            if (message.NameOf(s) == "RXA" && !IsElsewhere(s) && !IsDeleted(s)) yield return message[s, 3];
            else if (message.NameOf(s) == "FT1" && message[s, 6].Peek.ToUpperInvariant() is "CG")
                yield return message[s, 4];
    }

    /// <summary>The local day of a time; null where UTC leaves two and the start of the visit is neither.</summary>
    DateOnly? DayOf(Hl7Moment when) =>
        when.IsDayKnown ? when.Day : visitDay is { } start && when.MayBeOn(start) ? start : null;

    /// <summary>The time is of this visit; if not, what begins there is left out, up to an end, and named.</summary>
    bool IsToday(Hl7Field time, int end, out Hl7Moment moment)
    {
        if (!TryTime(time, out moment))
            LeaveOut(time, end, time.IsEmpty ? "the time is missing" : "the time is not understood",
                "write it as 20260302091000");
        else if (DayOf(moment) is not { } when) LeaveOut(time, end, "the day is not sure: " + UtcDay, WriteZone);
        else if (when != day) LeaveOut(time.Segment, end, "it is of another day");
        else
        {
            message.MarkRead(time.Segment, time.Number);
            return true;
        }
        return false;
    }

    IEnumerable<int> Segments(string name) =>
        Enumerable.Range(0, message.SegmentCount).Where(s => message.NameOf(s) == name);
}
