using Deltoid.Fhir;
using Deltoid.Values;

namespace Deltoid.Hl7;

/// <summary>Who paid for a vaccine: OBX with LOINC 30963-3 (the dose) and 64994-7 (the child).</summary>
internal sealed partial class Hl7Reader
{
    enum Funds { NotSaid, Private, Public, Vfc, NotVfc, Unclear }

    bool IsAdult => born is { } birth && !ChildrensVaccines.Cover(birth, day);

    /// <summary>
    /// 30963-3 says who paid for the dose, 64994-7 only who the child is, so it decides where the other says nothing.
    /// Where the two, or a program and the age, exclude each other, nobody is billed for the dose until it is clear.
    /// </summary>
    bool ReadSource(int from, int end, JsonDraft one)
    {
        var (paid, eligible, at) = (Funds.NotSaid, Funds.NotSaid, -1);
        for (var s = from + 1; s < end; s++)
        {
            if (message.NameOf(s) != "OBX" || message[s, 3].Peek is not ("30963-3" or "64994-7")) continue;
            var isPaid = message[s, 3].Peek == "30963-3";
            var said = isPaid ? PaidBy(message[s, 5]) : EligibleBy(message[s, 5].Peek);
            if (said == Funds.NotSaid) continue;
            message.MarkAll(s);
            ref var value = ref isPaid ? ref paid : ref eligible;
            value = value == Funds.NotSaid || value == said ? said : Funds.Unclear;
            if (at < 0 || isPaid) at = s;
        }
        if (at < 0) return true;
        if (SourceOf(paid, eligible) is not { } source)
        {
            Say(ReadingNote.NotUnderstood, $"{message.PathOf(at)}-5", "who paid for the vaccine is not clear: what is "
                + "said of it excludes itself or does not fit the age, so all of it is left out",
                "send who paid for the dose in 30963-3, and who the patient is in 64994-7");
            for (var s = from; s < end; s++) message.MarkAll(s);
            return false;
        }
        one.Text("source", source);
        return true;
    }

    /// <summary>The code and its words: words that say the opposite leave it unclear.</summary>
    static Funds PaidBy(Hl7Field value)
    {
        var funds = value.Peek switch
        {
            "PHC70" => Funds.Private, "VXC50" => Funds.Public, "VXC51" => Funds.Vfc, "VXC52" => Funds.NotVfc,
            _ => Funds.NotSaid,
        };
        var words = value.IsEmpty ? "" : new Hl7Part(value.Message, value.Raw.Split(value.Message.Repetition)[0])[2];
        var opposite = funds == Funds.Private ? "public" : "private";
        return funds != Funds.NotSaid && words.Contains(opposite, StringComparison.OrdinalIgnoreCase)
            ? Funds.Unclear : funds;
    }

    static Funds EligibleBy(string code) => code switch
    {
        "V01" => Funds.NotVfc, "V02" or "V03" or "V04" or "V05" => Funds.Vfc, _ => Funds.NotSaid,
    };

    /// <summary>Our word; an empty one where nobody says who paid, null where it is not clear.</summary>
    string? SourceOf(Funds paid, Funds eligible) => (paid, eligible) switch
    {
        (Funds.Unclear, _) => null,
        (Funds.Private, _) => "stock",
        (_, Funds.Unclear) => null,
        (Funds.Vfc, Funds.NotVfc) or (Funds.NotVfc, Funds.Vfc) => null,
        (Funds.Vfc, _) or (_, Funds.Vfc) => IsAdult ? null : "vfc",
        // public money that is not the program's: the state supplies the dose
        (Funds.NotVfc, _) or (Funds.Public, Funds.NotVfc) => StateSupplied,
        (Funds.Public, _) => IsAdult ? StateSupplied : "vfc",
        _ => "",
    };

    const string StateSupplied = "state-supplied";
}
