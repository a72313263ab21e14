using Deltoid.Rules;
using Deltoid.Values;
using Deltoid.X12.Inquiries;

namespace Deltoid.Results;

/// <summary>
/// The status of claims in sentences: what was asked (276), and what the payer answers (277): paid, denied, pending,
/// why, and what to do.
/// </summary>
sealed class StatusAnswerPage(TextPage page) : InquiryPage(page)
{
    private protected override void WriteSet(InquiryNode root)
    {
        foreach (var payer in root.Loops("payers"))
        {
            var name = NameOf(payer.First("NM1"));
            WriteTitle(IsAnswer ? $"Status of claims from {name}" : $"Question about claims to {name}", root);
            foreach (var receiver in payer.Loops("receivers")) WriteReceiver(receiver);
        }
    }

    void WriteReceiver(InquiryNode receiver)
    {
        foreach (var file in receiver.Loops("file")) WriteStatuses("  ", "file", file);
        foreach (var provider in receiver.Loops("providers"))
        {
            var name = provider.Loops("names").FirstOrDefault()?.First("NM1") ?? new InquirySegment("NM1");
            Page.Wrap("  ", $"provider {NameOf(name)}");
            foreach (var refused in provider.Loops("refused")) WriteStatuses("    ", "provider", refused);
            foreach (var subscriber in provider.Loops("subscribers"))
            {
                foreach (var claim in subscriber.Loops("claims")) WriteClaim(claim);
                foreach (var dependent in subscriber.Loops("dependents"))
                    foreach (var claim in dependent.Loops("claims")) WriteClaim(claim);
            }
        }
    }

    void WriteClaim(InquiryNode claim)
    {
        var numbers = claim.Segments("REF").ToLookup(static r => r[1], static r => r[2]);
        var own = numbers["EJ"].FirstOrDefault() ?? "";
        var subject = own.Length > 0 ? $"claim {own}" : TraceOf(claim, "claim without a number");
        var about = new List<string>();
        if (numbers["1K"].FirstOrDefault() is { } payers) about.Add($"the payer's number is {payers}");
        foreach (var amount in claim.Segments("AMT")) about.Add($"charge {DollarsOf(amount[2])}");
        foreach (var days in claim.Segments("DTP")) about.Add($"service {PeriodOf(days)}");
        var after = about.Count > 0 ? $"; {string.Join("; ", about)}" : "";
        if (IsAnswer) WriteStatuses("    ", subject, claim, after);
        else Page.Wrap("    ", $"asks about {subject}{after}");
        foreach (var line in claim.Loops("lines")) WriteLine(line);
        foreach (var remedy in RemediesOf(claim)) Page.Wrap("      to do: ", remedy);
    }

    void WriteLine(InquiryNode line)
    {
        var service = line.First("SVC");
        var name = $"line {service[1, 2]}";
        for (var part = 3; part <= 6; part++)
            if (service[1, part].Length > 0) name += $"-{service[1, part]}";
        var money = IsAnswer ? $"; billed {DollarsOf(service[2])}, paid {DollarsOf(service[3])}"
            : $", {DollarsOf(service[2])}";
        if (IsAnswer) WriteStatuses("      ", name, line, money);
        else Page.Wrap("      ", name + money);
    }

    void WriteStatuses(string lead, string subject, InquiryNode node, string after = "")
    {
        var isFirst = true;
        foreach (var status in node.Segments("STC"))
        {
            Page.Wrap(lead,
                $"{(isFirst ? subject : "also")}: {Sentence(status)}{MoneyOf(status)}{(isFirst ? after : "")}");
            isFirst = false;
        }
        if (isFirst) Page.Wrap(lead, $"{subject}: no status is given{after}");
    }

    /// <summary>One to three statuses; see <see cref="StatusWords"/>.</summary>
    static string Sentence(InquirySegment status)
    {
        var (parts, before) = (new List<string>(), "");
        foreach (var element in (ReadOnlySpan<int>)[1, 10, 11])
        {
            if (status.Repeats(element) == 0) continue;
            parts.Add(PhraseOf(status, element, withCategory: parts.Count == 0 || status[element, 1] != before));
            before = status[element, 1];
        }
        return string.Join("; ", parts);
    }

    /// <summary>A pharmacy's code is of another list, of which we have no words.</summary>
    static string PhraseOf(InquirySegment status, int element, bool withCategory)
    {
        var (category, code) = (status[element, 1], status[element, 2]);
        if (status[element, 4] != "RX") return StatusWords.Of(category, code, status[element, 3], withCategory);
        var codes = TextPage.Code($"({category} {code})");
        return $"{Words(ResponseKind.Category, category)}: pharmacy code {code} {codes}";
    }

    static string MoneyOf(InquirySegment status)
    {
        var parts = new List<string>();
        if (status[4].Length > 0) parts.Add($"billed {DollarsOf(status[4])}");
        if (status[5].Length > 0) parts.Add($"paid {DollarsOf(status[5])}");
        if (status[6].Length > 0) parts.Add($"decided {DayOf(status[6])}");
        if (status[8].Length > 0) parts.Add($"payment of {DayOf(status[8])}");
        if (status[9].Length > 0) parts.Add($"check or transfer {status[9]}");
        return parts.Count > 0 ? $"; {string.Join(", ", parts)}" : "";
    }

    static HashSet<string> RemediesOf(InquiryNode claim)
    {
        var remedies = new HashSet<string>();
        foreach (var status in claim.Segments("STC"))
            if (ResponseCodes.Shipped.Find(ResponseKind.Category, status[1]) is { Do.Length: > 0 } known)
                remedies.Add(known.Do);
        return remedies;
    }
}
