using System.Text;
using Deltoid.Rules;
using Deltoid.Values;
using Deltoid.X12.Inquiries;

namespace Deltoid.Results;

/// <summary>
/// Eligibility in sentences: what was asked (270), and what the payer answers (271): whether the plan is active, what
/// the patient pays, what needs an authorization, and why a question was not answered.
/// </summary>
sealed class EligibilityPage(TextPage page) : InquiryPage(page)
{
    private protected override void WriteSet(InquiryNode root)
    {
        foreach (var payer in root.Loops("payers"))
        {
            var name = NameOf(payer.First("NM1"));
            WriteTitle(IsAnswer ? $"Eligibility answer from {name}" : $"Eligibility question to {name}", root);
            WriteRejections("  ", "file", payer.Segments("AAA"));
            foreach (var provider in payer.Loops("providers")) WriteProvider(provider);
        }
    }

    void WriteProvider(InquiryNode provider)
    {
        Page.Wrap("  ", $"provider {NameOf(provider.First("NM1"))}");
        WriteRejections("  ", "provider", provider.Segments("AAA"));
        foreach (var subscriber in provider.Loops("subscribers"))
        {
            var dependents = subscriber.Loops("dependents").ToList();
            if (dependents.Count == 0 || subscriber.Loops("benefits").Any() || subscriber.Segments("AAA").Any())
                WritePatient(subscriber, TraceOf(subscriber, "subscriber"));
            foreach (var dependent in dependents) WritePatient(dependent, TraceOf(dependent, "dependent"));
        }
    }

    void WritePatient(InquiryNode patient, string subject)
    {
        var days = DaysOf(patient);
        Page.Wrap("    ", days.Count > 0 ? $"{subject}: {string.Join("; ", days)}" : subject);
        WriteRejections("      ", "patient", patient.Segments("AAA"));
        foreach (var question in patient.Loops("questions"))
            Page.Wrap("      ", $"asks about {SubjectOf(question.First("EQ"), 1, 2)}");
        foreach (var benefit in patient.Loops("benefits")) WriteBenefit(benefit);
    }

    void WriteBenefit(InquiryNode benefit)
    {
        Page.Wrap("      ", Sentence(benefit));
        foreach (var message in benefit.Segments("MSG")) Page.Wrap("        in its words: ", message[1]);
        foreach (var party in benefit.Loops("parties"))
            Page.Wrap("        ", $"{Words(ResponseKind.BenefitParty, party.First("NM1")[1])}: {PartyOf(party)}");
        WriteRejections("        ", "benefit", benefit.Segments("AAA"));
        if (ResponseCodes.Shipped.Find(ResponseKind.Benefit, benefit.First("EB")[1]) is { Do.Length: > 0 } known)
            Page.Wrap("        to do: ", known.Do);
    }

    /// <summary>A person that is the insured is not named.</summary>
    static string PartyOf(InquiryNode party)
    {
        var name = party.First("NM1");
        var contacts =
            party.Segments("PER").SelectMany(static p => (string[])[p[4], p[6], p[8]]).Where(static n => n.Length > 0);
        var who = name[1] is "IL" ? "named in the file" : NameOf(name);
        return string.Join(", ", [who, .. contacts]);
    }

    /// <summary>
    /// <c>deductible $600.00 remaining (C), individual; for the plan as a whole (30)</c>: what, how much, for whom, for
    /// what, and under which conditions.
    /// </summary>
    static string Sentence(InquiryNode benefit)
    {
        var said = benefit.First("EB");
        List<string> parts =
            [$"{Words(ResponseKind.Benefit, said[1])}{AmountOf(said)} {TextPage.Code($"(EB {said[1]})")}"];
        if (said[2].Length > 0) parts.Add(Words(ResponseKind.CoverageLevel, said[2]));
        if (said[5].Length > 0) parts.Add($"plan {said[5]}");
        if (said[4].Length > 0) parts.Add(Words(ResponseKind.InsuranceType, said[4]));
        var sentence = string.Join(", ", parts);
        if (said.Repeats(3) > 0 || said.Repeats(13) > 0) sentence += $"; for {SubjectOf(said, 3, 13)}";
        foreach (var condition in ConditionsOf(benefit, said)) sentence += $"; {condition}";
        return sentence;
    }

    static string AmountOf(InquirySegment said)
    {
        var text = new StringBuilder();
        if (said[7].Length > 0) text.Append(' ').Append(DollarsOf(said[7]));
        if (said[8].Length > 0) text.Append(' ').Append(PercentOf(said[8]));
        if (said[10].Length > 0)
            text.Append(' ').Append(said[10]).Append(' ').Append(Words(ResponseKind.BenefitCount, said[9]));
        if (said[6].Length > 0) text.Append(' ').Append(Words(ResponseKind.TimePeriod, said[6]));
        return text.ToString();
    }

    /// <summary>A share of 1 in percent; what is more than 1 was sent as percent.</summary>
    static string PercentOf(string share)
    {
        if (!Quantity.TryParse(Encoding.UTF8.GetBytes(share), out var part)) return share;
        return part > Quantity.One ? $"{part}%" : $"{new Quantity(part.Thousandths * 100)}%";
    }

    /// <summary>Types of service in words with their codes, or the procedure.</summary>
    static string SubjectOf(InquirySegment segment, int types, int procedure)
    {
        var parts = new List<string>();
        for (var i = 0; i < segment.Repeats(types); i++)
        {
            var type = segment.Part(types, i, 1);
            parts.Add($"{Words(ResponseKind.ServiceType, type)} {TextPage.Code($"({type})")}");
        }
        if (segment.Repeats(procedure) > 0) parts.Add(ProcedureOf(segment, procedure));
        return string.Join(", ", parts);
    }

    static string ProcedureOf(InquirySegment segment, int element)
    {
        var text = $"procedure {segment[element, 2]}";
        for (var part = 3; part <= 6; part++)
            if (segment[element, part].Length > 0) text += $"-{segment[element, part]}";
        return text;
    }

    static IEnumerable<string> ConditionsOf(InquiryNode benefit, InquirySegment said)
    {
        if (said[11] is "Y") yield return "authorization required";
        if (said[11] is "N") yield return "no authorization required";
        if (said[12] is "Y") yield return "in the network";
        if (said[12] is "N") yield return "outside the network";
        foreach (var often in benefit.Segments("HSD")) yield return OftenOf(often);
        foreach (var place in benefit.Loops("places").Select(static p => p.First("III")))
            yield return PlaceOf(place);
        foreach (var day in DaysOf(benefit)) yield return day;
    }

    static string PlaceOf(InquirySegment place)
    {
        if (place[1] == "ZZ") return $"place of service {place[2]}";
        return place[4].Length > 0 ? place[4] : $"code {place[2]} ({place[1]})";
    }

    /// <summary><c>12 visits a year</c>.</summary>
    static string OftenOf(InquirySegment often)
    {
        List<string> parts = [];
        if (often[2].Length > 0) parts.Add($"{often[2]} {Words(ResponseKind.BenefitCount, often[1])}");
        if (often[3].Length > 0) parts.Add(Times(often[4]) + Words(ResponseKind.PerTime, often[3]));
        if (often[5].Length > 0) parts.Add(Times(often[6]) + Words(ResponseKind.TimePeriod, often[5]));
        return parts.Count > 0 ? string.Join(' ', parts) : "a pattern of days or times";

        static string Times(string count) => count.Length > 0 ? $"in {count} times " : "";
    }
}
