using Deltoid.Fhir;
using Deltoid.Values;

namespace Deltoid.Hl7;

/// <summary>Who paid for a vaccine: OBX with LOINC 30963-3 (the dose) and 64994-7 (the child).</summary>
internal sealed partial class Hl7Reader
{
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
            var said = isPaid ? PaidBy(message[s, 5]) : VaccineFunds.EligibleBy(message[s, 5].Peek);
            if (said == Funds.NotSaid) continue;
            message.MarkAll(s);
            ref var value = ref isPaid ? ref paid : ref eligible;
            value = VaccineFunds.Both(value, said);
            if (at < 0 || isPaid) at = s;
        }
        if (at < 0) return true;
        if (VaccineFunds.SourceOf(paid, eligible, IsAdult) is not { } source)
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
        var funds = VaccineFunds.PaidBy(value.Peek);
        var words = value.IsEmpty ? "" : new Hl7Part(value.Message, value.Raw.Split(value.Message.Repetition)[0])[2];
        var opposite = funds == Funds.Private ? "public" : "private";
        return funds != Funds.NotSaid && words.Contains(opposite, StringComparison.OrdinalIgnoreCase)
            ? Funds.Unclear : funds;
    }
}
