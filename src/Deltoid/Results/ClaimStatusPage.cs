using Deltoid.Answers;
using Deltoid.Findings;
using Deltoid.Rules;
using Deltoid.Values;
using Deltoid.X12.Guides;
using Deltoid.X12.Status;

namespace Deltoid.Results;

/// <summary>
/// What a 277CA says, in sentences: the file and its totals, then each claim: accepted or rejected, why, and what to
/// do. No patient
/// is named: a claim is known by its number.
/// </summary>
internal sealed class ClaimStatusPage(TextPage page) : SetPage
{
    static readonly Code Accepted = Code.Of("WQ"), Rejected = Code.Of("U");

    readonly ClaimStatusReader reader = new();
    readonly ClaimStatus status = new();
    readonly FindingList unused = new(); // `check` reports what is wrong

    public override bool IsWrittenLast => true;

    /// <summary>A part of a 277CA; the last one has all said.</summary>
    public override void Write(byte[] bytes, SetPart setPart)
    {
        reader.Read(bytes, setPart, status, unused);
        unused.Clear();
        if (setPart.IsLast) WriteSet();
    }

    void WriteSet()
    {
        var day = status.Made == default ? "" : $", {status.Made.Iso()}";
        var batch = status.Batch.IsEmpty ? "" : $", about batch {status.Text(status.Batch)}";
        var received = status.Received == default ? "" : $" received {status.Received.Iso()}";
        page.Line(page.Strong(Shown.Of(
                    $"Claim acknowledgment from {status.Text(status.SaidBy.Name)}{day}{batch}{received}")));
        WriteTotals("  ", status.Totals);
        WriteStatuses("  ", "file", status.FileStatuses);
        foreach (ref readonly var provider in status.Providers.Span) WriteProvider(provider);
        page.Line();
    }

    void WriteTotals(string lead, in StatusTotals totals)
    {
        var parts = new List<string>();
        if (totals.Accepted is { } accepted) parts.Add($"{Counted(accepted)} accepted{Charge(totals.AcceptedCharge)}");
        if (totals.Rejected is { } rejected) parts.Add($"{Counted(rejected)} rejected{Charge(totals.RejectedCharge)}");
        if (parts.Count > 0) page.Wrap(lead, string.Join("; ", parts));
    }

    static string Counted(Quantity claims) => claims == Quantity.One ? "1 claim" : $"{claims} claims";

    static string Charge(Money? charge) => charge is { } amount ? $", {Dollars.Of(amount)}" : "";

    void WriteProvider(in ProviderStatus provider)
    {
        var id = provider.Name.Id.IsEmpty ? "" : $" ({status.Text(provider.Name.Id)})";
        var name = $"provider {status.Text(provider.Name.Name)}{id}";
        if (provider.Statuses.Count == 0) page.Wrap("  ", name);
        else WriteStatuses("  ", name, provider.Statuses);
        WriteTotals("    ", provider.Totals);
        foreach (ref readonly var claim in status.ClaimsOf(provider)) WriteClaim(claim);
    }

    void WriteClaim(in StatusOfClaim claim)
    {
        var id = claim.Id.IsEmpty ? "claim without a number" : $"claim {status.Text(claim.Id)}";
        var number = claim.PayerControl.IsEmpty ? "" : $"; the payer's number is {status.Text(claim.PayerControl)}";
        WriteStatuses("    ", id, claim.Statuses, number);
        foreach (ref readonly var line in status.LinesOf(claim)) WriteStatuses("      ", NameOf(line), line.Statuses);
        foreach (var remedy in RemediesOf(claim)) page.Wrap("      to do: ", remedy);
    }

    string NameOf(in StatusOfLine line)
    {
        var code = line.Procedure.Code.IsNone ? line.RevenueCode : line.Procedure.Code;
        var modifiers = line.Procedure.Modifiers.IsEmpty ? "" : $"-{line.Procedure.Modifiers}";
        var number = line.Control.IsEmpty ? "line" : $"line {status.Text(line.Control)}";
        return code.IsNone ? number : $"{number}, {code}{modifiers}";
    }

    void WriteStatuses(string lead, string subject, StatusRun run, string after = "")
    {
        var isFirst = true;
        foreach (ref readonly var one in status.StatusesOf(run))
        {
            page.Wrap(lead,
                $"{(isFirst ? subject : "also")}: {Sentence(one)}{Charge(one.Charge)}{(isFirst ? after : "")}");
            if (!one.Words.IsEmpty) page.Wrap(lead + "  in its words: ", status.Text(one.Words));
            isFirst = false;
        }
        if (isFirst && run.Count == 0 && subject != "file") page.Wrap(lead, $"{subject}: no status is given{after}");
    }

    /// <summary>One to three statuses; see <see cref="StatusWords"/>.</summary>
    static string Sentence(in StatusInfo info)
    {
        var parts = new List<string>();
        var before = default(Code);
        foreach (var code in (ReadOnlySpan<StatusCode>)[info.First, info.Second, info.Third])
        {
            if (code.IsNone) continue;
            parts.Add(StatusWords.Of(code.Category.ToString(), code.Code.ToString(), code.Entity.ToString(),
                withCategory: parts.Count == 0 || code.Category != before));
            before = code.Category;
        }
        return Contradiction(info) + (parts.Count == 0 ? "no status is given" : string.Join("; ", parts));
    }

    /// <summary>What STC03 says, where the category says something else.</summary>
    static string Contradiction(in StatusInfo info)
    {
        if (info.Action == Rejected && !IsRejection(info.First.Category)) return "rejected, though its status reads: ";
        return info.Action == Accepted && IsRejection(info.First.Category) ? "accepted, though its status reads: " : "";
    }

    /// <summary>A3, A4, A6 to A8 and E: the claim was not taken.</summary>
    static bool IsRejection(Code category) =>
        category.ToString() is "A3" or "A4" or "A6" or "A7" or "A8" || (category.Length > 0 && category[0] == 'E');

    HashSet<string> RemediesOf(in StatusOfClaim claim)
    {
        var remedies = new HashSet<string>();
        Add(claim.Statuses);
        foreach (ref readonly var line in status.LinesOf(claim)) Add(line.Statuses);
        return remedies;

        void Add(StatusRun run)
        {
            foreach (ref readonly var one in status.StatusesOf(run))
            {
                var category = one.First.Category;
                var isRejected = one.Action == Rejected || (one.Action != Accepted && IsRejection(category));
                if (!isRejected
                    || ResponseCodes.Shipped.Find(ResponseKind.Category, category.ToString()) is not { } known)
                    continue;
                if (known.Do.Length > 0) remedies.Add(known.Do);
            }
        }
    }
}
