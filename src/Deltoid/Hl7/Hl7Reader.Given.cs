using System.Text;
using Deltoid.Fhir;
using Deltoid.Values;

namespace Deltoid.Hl7;

/// <summary>Orders and what was given: ORC, RXE, RXA, RXR.</summary>
internal sealed partial class Hl7Reader
{
    /// <param name="Draft">None where a later record of the message took it back.</param>
    readonly record struct Given(JsonDraft? Draft, int Segment);

    /// <summary>Where in the list a record is that a later one can change, and all that are word for word the same.
    /// </summary>
    readonly Dictionary<string, int> records = [];
    readonly HashSet<string> groups = [];

    /// <summary>A number for each text of an order, so that what belongs to it need not repeat the text.</summary>
    readonly Dictionary<string, int> orders = [];
    (int Numbered, int Whole) orderOf;

    /// <summary>An order and what belongs to it, up to the next order or administration.</summary>
    void ReadGroups()
    {
        var isGiven = GivenAfter();
        var order = -1;
        for (var s = 0; s < message.SegmentCount; s++)
        {
            if (message.NameOf(s) == "ORC")
                (order, orderOf) = (s, (IdOf($"{message[s, 2].Raw}|{message[s, 3].Raw}"),
                    IdOf($"ORC|{message.RawOf(s)}")));
            if (message.NameOf(s) is not ("RXA" or "RXE")) continue;
            var end = s + 1;
            while (end < message.SegmentCount && message.NameOf(end) is not ("ORC" or "RXA" or "RXE" or "FT1")) end++;
            if (message.NameOf(s) == "RXA") ReadGiven(s, end, order);
            else if (isGiven[s]) NameOrdered(s);
            else ReadOrdered(s, end, order);
        }
    }

    /// <summary>For each segment: an administration follows before the next order.</summary>
    bool[] GivenAfter()
    {
        var after = new bool[message.SegmentCount];
        var isGiven = false;
        for (var s = message.SegmentCount - 1; s >= 0; s--)
        {
            isGiven = message.NameOf(s) switch { "RXA" => true, "ORC" => false, _ => isGiven };
            after[s] = isGiven;
        }
        return after;
    }

    /// <summary>An order whose drug the message says was given: that counts, and not what was ordered.</summary>
    void NameOrdered(int s)
    {
        message.MarkAll(s);
        Say(ReadingNote.NoField, message.PathOf(s), "what was ordered has no field: what was given is read",
            "nothing is needed");
    }

    bool IsDeleted(int s) => message[s, 21].Peek is "D";

    /// <summary>CVX 998 in any of the three triplets that a coded element can have.</summary>
    static bool SaysNoVaccine(Hl7Field code)
    {
        if (code.IsEmpty) return false;
        foreach (var repeat in code.Raw.Split(code.Message.Repetition))
        {
            var part = new Hl7Part(code.Message, repeat);
            foreach (var first in (int[])[1, 4, 10])
                if (part[first] == "998" && part[first + 2].Equals("CVX", StringComparison.OrdinalIgnoreCase))
                    return true;
        }
        return false;
    }

    /// <summary>Codes 01 to 08 of any repetition: from a record of another place or day.</summary>
    bool IsElsewhere(int s)
    {
        if (message[s, 9] is not { IsEmpty: false } notes) return false;
        foreach (var note in notes.Raw.Split(message.Repetition))
            if (new Hl7Part(message, note)[1] is ['0', >= '1' and <= '8']) return true;
        return false;
    }

    void ReadGiven(int s, int end, int order)
    {
        var key = $"{orderOf.Numbered}|{message[s, 2].Raw}|{message[s, 3].Raw}|{message[s, 5].Raw}";
        if (IsElsewhere(s)) LeaveOut(s, end, "it was given elsewhere or before");
        else if (IsDeleted(s))
        {
            TakeBack(key, "a later record of the message deletes it");
            LeaveOut(s, end, "it was deleted");
        }
        else if (SaysNoVaccine(message[s, 5]))
            LeaveOut(s, end, "the code says that no vaccine was given", "nothing is needed");
        else if (IsUsable(s, end) && IsToday(message[s, 3], end, out var start))
        {
            if (message[s, 21].Peek is "U") TakeBack(key, "a later record of the message changes it");
            if (ReadAdministration(s, end, order, start) is not { } one) return;
            records[key] = administrations.Count;
            administrations.Add(new(one, s));
        }
    }

    int IdOf(string order)
    {
        if (!orders.TryGetValue(order, out var id)) orders[order] = id = orders.Count + 1;
        return id;
    }

    void TakeBack(string key, string why)
    {
        if (!records.Remove(key, out var at)) return;
        var segment = administrations[at].Segment;
        administrations[at] = new(null, segment);
        Say(ReadingNote.LeftOut, message.PathOf(segment), "this is left out: " + why,
            "look whether it is of this visit");
    }

    /// <summary>Whether a record can be read at all: not the same twice, one drug, a status that is known.</summary>
    bool IsUsable(int s, int end)
    {
        var group = new StringBuilder().Append(orderOf.Whole);
        for (var i = s; i < end; i++) group.Append('\r').Append(message.RawOf(i));
        if (!groups.Add(group.ToString()))
        {
            LeaveOut(s, end, "the message has it twice, word for word",
                "if it was given twice, number the records in RXA-2");
            return false;
        }
        foreach (var number in (int[])[5, 6, 7])
            if (message[s, number].IsRepeated)
            {
                LeaveOut(message[s, number], end, "a repetition is not understood here", "send an RXA for each drug");
                return false;
            }
        if (message[s, 20].Peek.ToUpperInvariant() is not ("" or "CP" or "PA" or "RE" or "NA"))
        {
            LeaveOut(message[s, 20], end, "whether it was given is not understood", "write CP, PA, RE or NA");
            return false;
        }
        if (message[s, 21].Peek.ToUpperInvariant() is "" or "A" or "U" or "X") return true;
        LeaveOut(message[s, 21], end, "what is done with the record is not understood", "write A, U or D");
        return false;
    }

    JsonDraft? ReadAdministration(int s, int end, int order, Hl7Moment start)
    {
        var one = new JsonDraft();
        var status = message[s, 20].Text.ToUpperInvariant();
        foreach (var number in (int[])[1, 2, 9, 21, 22]) message.MarkRead(s, number);
        if (status == "PA" && IsVaccine(s))
        {
            LeaveOut(message[s, 20], end, "only a part of the vaccine was given, which is no dose",
                "chart what is to be billed for it");
            return null;
        }
        ReadTimes(s, start, one);
        ReadDrug(s, 5, one);
        if (status != "PA") ReadAmount(s, 6, 7, one);
        else
        {
            message.MarkRead(s, 7);
            Say(ReadingNote.NotUnderstood, message[s, 6].Path, "only a part was given, so the amount is not taken for "
                + "the dose", "chart the dose that went in, or send it with CP");
            message.MarkRead(s, 6);
        }
        if (status is "RE" or "NA") one.Flag("given", false);
        foreach (var person in message[s, 10].Repeats) ReadPerformer(person, one);
        ReadLot(s, one);
        ReadStrength(s, one);
        if (kind == "VXU") one.Text("purpose", "vaccine");
        ReadOrder(order, one);
        ReadRest(s + 1, end, one);
        return ReadSource(s, end, one) ? one : null;
    }

    /// <summary>By its message, its code system, or its section of CPT: vaccines are billed by the dose.</summary>
    bool IsVaccine(int s)
    {
        var code = message[s, 5].Repeats.FirstOrDefault();
        return kind == "VXU" || code[3] == "CVX" || code[6] == "CVX" || ServiceKinds.IsVaccine(code[1])
            || ServiceKinds.IsVaccine(code[4]);
    }

    /// <summary>
    /// Start and stop on the clock of the place. An end before its start is an error of the chart, since both have
    /// their dates; in UTC only the minutes between two moments are known.
    /// </summary>
    void ReadTimes(int s, Hl7Moment start, JsonDraft one)
    {
        var (field, stop) = (message[s, 4], default(Hl7Moment));
        if (!field.IsEmpty && !TryTime(field, out stop)) NotUnderstood(field, "the end", "write it as 20260302093000");
        message.MarkRead(s, 4);
        var minutes = start.MinutesTo(stop);
        var hasEnd = stop.Day != default;
        if (hasEnd && (minutes < 0 || (minutes is null && stop.Day.DayNumber < start.Day.DayNumber - 1)
            || (minutes is null && stop.Day < start.Day && start.IsDayKnown && stop.IsDayKnown)))
        {
            Say(ReadingNote.NotUnderstood, field.Path, "the end is before the start, so both times are left out",
                "write when it ended");
            return;
        }
        if (minutes >= 24 * 60)
        {
            NotUnderstood(field, "an end that is a day or more after the start", "send each day by itself");
            return;
        }
        if (start.IsUtc)
        {
            if (minutes > 0) one.Count("minutes", (int)minutes.Value);
            Say(ReadingNote.NotUnderstood, message[s, 3].Path, "the local time is not known: it is in UTC",
                "write times with the offset of the place");
            return;
        }
        one.Text("start", start.Clock);
        // senders repeat the start as the end where they know none
        if (stop.Time is null || minutes == 0) return;
        if (minutes is null && start.Time is not null)
            NotUnderstood(field, "the end, in UTC beside a local start,", "write both with the offset of the place");
        else if (minutes is null) one.Text("stop", stop.IsUtc || stop.Day != start.Day ? "" : stop.Clock);
        else one.Text("stop", (start with { Time = start.Time!.Value.AddMinutes(minutes.Value) }).Clock);
    }

    void ReadLot(int s, JsonDraft one)
    {
        var (lot, expires) = (message[s, 15], message[s, 16]);
        if (lot.IsRepeated) NotUnderstood(lot, "which of several lots it is", "send an RXA for each lot");
        else one.Text("lot", lot.Text);
        if (expires.IsRepeated) NotUnderstood(expires, "which of several expiries it is", "send an RXA for each lot");
        else if (Hl7Moment.TryRead(expires.Text, null, out var day)) one.Text("expires", day.Day.Iso());
        else if (!expires.IsEmpty) ReadMonth(expires, one);
    }

    void ReadMonth(Hl7Field expires, JsonDraft one)
    {
        var text = expires.Text;
        if (text.Length == 6 && Hl7Moment.TryRead(text + "01", null, out _))
            one.Text("expires", $"{text[..4]}-{text[4..]}");
        else NotUnderstood(expires, "the expiry", "write it as 202703 or 20270331");
    }

    /// <summary>A drug by its codes and words: NDC, HCPCS or CPT in either triplet, and the text.</summary>
    void ReadDrug(int s, int field, JsonDraft one)
    {
        var code = message[s, field].Repeats.FirstOrDefault();
        var cvx = ""; // the book knows a vaccine by this number too
        foreach (var first in (int[])[1, 4])
        {
            var (id, words, system) = (code[first], code[first + 1], code[first + 2].ToUpperInvariant());
            if (id.Length == 0 && words.Length == 0) continue;
            if (system is "NDC") one.Text("ndc", id);
            else if (IsServiceSystem(system) && Code.TryParse(id, out _)) one.Text("hcpcs", id);
            else if (words.Length == 0 && system is "CVX" && FhirSystems.NameOfCvx(id) is { Length: > 0 } named)
                cvx = named;
            else if (words.Length == 0 && id.Length > 0)
                NotUnderstood(message[s, field], "the drug's code", "send its NDC, or its name as the text");
            one.Text("drug", words);
        }
        one.Text("drug", cvx);
    }

    void ReadAmount(int s, int value, int unit, JsonDraft one)
    {
        var (amount, field) = (message[s, value].Text, message[s, unit]);
        // three nines are the standard's way to say that the amount is not known
        if (amount.Length == 0 || amount is ['9', '9', '9'])
        {
            message.MarkRead(s, unit);
            return;
        }
        var units = field.Repeats.FirstOrDefault();
        foreach (var word in (string[])[FhirConcepts.WordOf(FhirSystems.Ucum, units[1], "unit") ?? "", units[1],
            units[2]])
            if (Amount.TryParse($"{amount} {word}", out _)) one.Text("dose", $"{amount} {word}");
        if (!one.Has("dose")) NotUnderstood(message[s, value], "the amount", "write a number, and its unit after it");
    }

    /// <summary>
    /// RXA-13 and 14, in the volume of RXA-23 and 24 or of the unit itself. A strength without a volume says neither
    /// how much is in a milliliter nor how much a container holds.
    /// </summary>
    void ReadStrength(int s, JsonDraft one)
    {
        var (strength, unit, volume) = (message[s, 13].Text, message[s, 14].Text, message[s, 23].Peek);
        if (strength.Length == 0) return;
        var parts = unit.Split('/');
        var per = parts.Length > 1 ? parts[1].Trim() : volume.Length > 0 ? $"{volume} {message[s, 24].Text}" : "";
        if (parts.Length == 1 && volume.Length > 0) message.MarkRead(s, 23);
        var drug = $"{strength} {FhirConcepts.WordOf(FhirSystems.Ucum, parts[0], "unit") ?? parts[0]}";
        var share = per.Length > 0 && !char.IsAsciiDigit(per[0]) ? "1 " + per : per;
        if (parts.Length <= 2 && Amount.TryParse(drug, out var amount) && !amount.IsVolume
            && Amount.TryParse(share, out var holds) && holds is { IsVolume: true, Value: > 0 })
            one.Text("concentration", $"{drug}/{per}");
        else
            NotUnderstood(message[s, 13], "the strength",
                "write its unit as mg/mL, or its volume in RXA-23 and its unit in RXA-24");
    }

    /// <summary>Who gave it: the role by the degree; a name shows that somebody is charted.</summary>
    static void ReadPerformer(Hl7Part person, JsonDraft one)
    {
        foreach (var degree in (string[])[person[7], person[21], person[6]])
            if (Words.Roles.TryRead(degree, out var role)) one.Text("performer", Words.Roles[role]);
        if (!one.Has("performer") && person[1].Length + person[2].Length > 0) one.Flag("performer", true);
    }

    void ReadOrder(int order, JsonDraft one)
    {
        if (order < 0) return;
        foreach (var number in (int[])[1, 2, 3, 5]) message.MarkRead(order, number);
        if (message[order, 1].Peek is "CA" or "DC" or "OC")
        {
            Say(ReadingNote.LeftOut, message.PathOf(order), "the order was taken back", "look which order holds");
            return;
        }
        var draft = new JsonDraft();
        if (message[order, 12].Repeats.Any()) draft.Flag("by", true);
        var ordered = message[order, 9];
        if (TryTime(ordered, out var on) && on.IsDayKnown) draft.Text("on", on.Day.Iso());
        else if (!ordered.IsEmpty) NotUnderstood(ordered, "the day of the order", "write it as 20260302");
        message.MarkRead(order, 9);
        one.Object("order", draft);
    }

    /// <summary>Route and place. A second RXR that says something else leaves both open.</summary>
    void ReadRest(int from, int end, JsonDraft one)
    {
        var first = -1;
        var (differs, said) = (new bool[3], new string[3]);
        for (var s = from; s < end; s++)
            if (message.NameOf(s) != "RXR") continue;
            else if (first < 0) (first, said) = (s, ["", message[s, 1].Raw, message[s, 2].Raw]);
            else
                foreach (var number in (int[])[1, 2])
                    if (message[s, number].Raw == said[number]) message.MarkRead(s, number);
                    else
                    {
                        differs[number] = true;
                        NotUnderstood(message[s, number], "a second route or site of one dose",
                            "send an RXA for each place, with its dose");
                    }
        if (first < 0) return;
        foreach (var number in (int[])[1, 2])
            if (differs[number]) message.MarkRead(first, number);
            else if (number == 1)
                one.Text("route", WordOf(message[first, 1], "route", static w => Words.Routes.TryRead(w, out _)));
            else one.Text("site", WordOf(message[first, 2], "site", static _ => true));
    }

    string WordOf(Hl7Field field, string what, Func<string, bool> isWord)
    {
        if (field.IsEmpty) return "";
        var (code, words) = (field.Text, field[2]);
        if (!field.IsRepeated)
        {
            if (FhirConcepts.WordOf(code, what) is { } known) return known;
            foreach (var text in (string[])[words, code])
                if (text.Length > 0 && isWord(text)) return text;
            foreach (var (_, rowCode, rowField, word) in FhirConcepts.Rows)
                if (rowField == what && rowCode == code) return word;
        }
        NotUnderstood(field, "the " + what, "write one code of table 0162 or 0163");
        return "";
    }

    /// <summary>
    /// An encoded order alone does not say that anything was given: it is read as prepared and not given, which is
    /// never billed.
    /// </summary>
    void ReadOrdered(int s, int end, int order)
    {
        var one = new JsonDraft();
        foreach (var number in (int[])[1, 4, 6]) message.MarkRead(s, number);
        ReadDrug(s, 2, one);
        ReadAmount(s, 3, 5, one);
        one.Flag("given", false);
        ReadOrder(order, one);
        ReadRest(s + 1, end, one);
        administrations.Add(new(one, s));
        Say(ReadingNote.LeftOut, message.PathOf(s), "an order alone does not say that it was given, so it is read as "
            + "not given", "send the RAS of its administration");
    }
}
