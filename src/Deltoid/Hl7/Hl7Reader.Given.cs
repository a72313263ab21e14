using Deltoid.Fhir;
using Deltoid.Values;

namespace Deltoid.Hl7;

/// <summary>Orders and what was given: ORC, RXE, RXA, RXR, OBX; and the charges of a DFT.</summary>
internal sealed partial class Hl7Reader
{
    /// <summary>An order and what belongs to it, up to the next order or administration.</summary>
    void ReadGroups()
    {
        var isGiven = GivenAfter();
        var order = -1;
        for (var s = 0; s < message.SegmentCount; s++)
        {
            if (message.NameOf(s) == "ORC") order = s;
            if (message.NameOf(s) is not ("RXA" or "RXE")) continue;
            var end = s + 1;
            while (end < message.SegmentCount && message.NameOf(end) is not ("ORC" or "RXA" or "RXE" or "FT1")) end++;
            if (message.NameOf(s) == "RXA") ReadGiven(s, end, order);
            else if (isGiven[s]) MarkOrdered(s, end);
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
    void MarkOrdered(int from, int end)
    {
        for (var s = from; s < end; s++) message.MarkAll(s);
    }

    void ReadGiven(int s, int end, int order)
    {
        if (IsHistorical(s) || message[s, 21].Peek == "D")
        {
            LeaveOut(s, end, "it was given elsewhere or before, or was deleted");
            return;
        }
        var one = new JsonDraft();
        foreach (var number in (int[])[1, 2, 9, 21, 22]) message.MarkRead(s, number);
        if (Hl7Text.TryTime(message[s, 3].Text, out var when, out var start))
        {
            if (when != day)
            {
                LeaveOut(s, end, "it was given on another day");
                return;
            }
            one.Text("start", Hl7Text.Clock(start));
        }
        // senders repeat the start as the end where they know none
        if (Hl7Text.TryTime(message[s, 4].Text, out _, out var stop) && stop != start)
            one.Text("stop", Hl7Text.Clock(stop));
        ReadDrug(s, 5, one);
        ReadAmount(s, 6, 7, one);
        ReadStatus(s, one);
        foreach (var person in message[s, 10].Repeats) ReadPerformer(person, one);
        one.Text("lot", message[s, 15].Text);
        if (Hl7Text.TryTime(message[s, 16].Text, out var expires, out _)) one.Text("expires", expires.Iso());
        else if (!message[s, 16].IsEmpty) ReadMonth(message[s, 16], one);
        ReadStrength(s, one);
        if (kind == "VXU") one.Text("purpose", "vaccine");
        ReadOrder(order, one);
        ReadRest(s + 1, end, one);
        administrations.Add(one);
    }

    void ReadMonth(Hl7Field expires, JsonDraft one)
    {
        var text = expires.Text;
        if (text.Length == 6 && text.All(char.IsAsciiDigit)) one.Text("expires", $"{text[..4]}-{text[4..]}");
        else NotUnderstood(expires, "the expiry", "write it as 202703 or 20270331");
    }

    void ReadStatus(int s, JsonDraft one)
    {
        var status = message[s, 20].Text;
        if (status is "RE" or "NA") one.Flag("given", false);
        else if (status is not ("" or "CP" or "PA"))
            NotUnderstood(message[s, 20], "whether it was given", "write CP, PA, RE or NA");
    }

    void LeaveOut(int from, int end, string why)
    {
        Say(ReadingNote.LeftOut, message.PathOf(from), "this is left out: " + why, "look whether it is of this visit");
        for (var s = from; s < end; s++) message.MarkAll(s);
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
            else if (system is "HCPCS" or "HCPT" or "C4" or "CPT" or "CPT4" or "CPT-4" or "HPC") one.Text("hcpcs", id);
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

    void ReadStrength(int s, JsonDraft one)
    {
        var (strength, unit) = (message[s, 12].Text, message[s, 13].Text);
        if (strength.Length == 0) return;
        if (Amount.TryParse($"{strength} {unit}", out _)) one.Text("containerAmount", $"{strength} {unit}");
        else if (unit.Contains('/', StringComparison.Ordinal)) one.Text("concentration", $"{strength} {unit}");
        else NotUnderstood(message[s, 12], "the strength", "write a number, and its unit after it");
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
        if (Hl7Text.TryTime(message[order, 9].Text, out var on, out _)) draft.Text("on", on.Iso());
        one.Object("order", draft);
    }

    /// <summary>Route and place, and observations of a vaccine that say who paid for it.</summary>
    void ReadRest(int from, int end, JsonDraft one)
    {
        for (var s = from; s < end; s++)
            if (message.NameOf(s) == "RXR")
            {
                one.Text("route", WordOf(message[s, 1], "route", static w => Words.Routes.TryRead(w, out _)));
                one.Text("site", WordOf(message[s, 2], "site", static _ => true));
            }
            else if (message.NameOf(s) == "OBX") ReadObservation(s, one);
    }

    string WordOf(Hl7Field field, string what, Func<string, bool> isWord)
    {
        if (field.IsEmpty) return "";
        var (code, words) = (field.Text, field[2]);
        if (FhirConcepts.WordOf(code, what) is { } known) return known;
        foreach (var text in (string[])[words, code])
            if (text.Length > 0 && isWord(text)) return text;
        foreach (var (_, rowCode, rowField, word) in FhirConcepts.Rows)
            if (rowField == what && rowCode == code) return word;
        NotUnderstood(field, "the " + what, "write a code of table 0162 or 0163");
        return "";
    }

    /// <summary>
    /// LOINC 30963-3: PHC70 private, VXC50 public funds; 64994-7: V02 to V05 are of the federal program.
    /// </summary>
    void ReadObservation(int s, JsonDraft one)
    {
        if (message[s, 3].Peek is not ("30963-3" or "64994-7")) return;
        var value = message[s, 5].Peek;
        var source = value switch
        {
            "PHC70" => "stock", "VXC50" or "V02" or "V03" or "V04" or "V05" => "vfc", "V01" => "", _ => null,
        };
        if (source is null) return;
        message.MarkAll(s);
        one.Text("source", source);
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
        administrations.Add(one);
        Say(ReadingNote.LeftOut, message.PathOf(s), "an order alone does not say that it was given, so it is read as "
            + "not given", "send the RAS of its administration");
    }

    /// <summary>The section of CPT for evaluation and management, by its first and last code.</summary>
    const int FirstVisit = 99202, LastVisit = 99499;

    /// <summary>Charges: visits, drugs (without a dose, which a charge does not say) and other services.</summary>
    void ReadCharges()
    {
        var (visits, procedures, drugs) = (new List<JsonDraft>(), new List<JsonDraft>(), new List<JsonDraft>());
        foreach (var s in Segments("FT1"))
        {
            message.MarkRead(s, 1);
            if (message[s, 6].Text is "CD" or "CR")
            {
                Say(ReadingNote.LeftOut, message.PathOf(s), "a credit is no service", "nothing is needed");
                message.MarkAll(s);
                continue;
            }
            message.MarkRead(s, 4);
            var code = message[s, 25].IsEmpty ? message[s, 7].Text : message[s, 25].Text;
            if (!message[s, 25].IsEmpty && message[s, 7].Peek == code) message.MarkRead(s, 7);
            if (code.Length == 0) continue;
            var one = new JsonDraft();
            if (code[0] is 'J' or 'Q')
            {
                one.Text("hcpcs", code);
                one.Text("ndc", message[s, 29].Text);
                drugs.Add(one);
                continue;
            }
            one.Text("code", code);
            one.Texts("modifiers", [.. message[s, 26].Repeats.Select(static m => m[1])
                .Where(static m => m.Length > 0)]);
            var isVisit = int.TryParse(code, out var number) && number is >= FirstVisit and <= LastVisit;
            if (!isVisit && Quantity.TryParse(message[s, 10].Peek, out var units))
            {
                message.MarkRead(s, 10);
                one.Raw("units", System.Text.Encoding.ASCII.GetBytes(units.ToString()));
            }
            (isVisit ? visits : procedures).Add(one);
        }
        chart.Objects("administrations", drugs);
        chart.Objects("visits", visits);
        chart.Objects("procedures", procedures);
    }
}
