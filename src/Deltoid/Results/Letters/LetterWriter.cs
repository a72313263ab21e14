using System.Globalization;
using Deltoid.Answers;
using Deltoid.Claims;
using Deltoid.Remits;
using Deltoid.Rules;
using Deltoid.Values;

namespace Deltoid.Results.Letters;

/// <summary>
/// Puts one letter together. A sentence says a fact only where chart, record, claim or remittance say it, and then says
/// where; what is missing goes to the criteria table and to the list for the practice.
/// </summary>
internal sealed partial class LetterWriter(Situation at, Resolution of, LetterRow row, DateOnly decided,
    IReadOnlyList<Underpayment> prices)
{
    readonly LetterKind kind = row.Kind;
    readonly List<string> enclosures = [];
    Letter letter = new(row.Kind, "");

    DeniedClaim Case => at.Of;

    bool IsHigher => row.Level > 1;

    bool IsRedetermination => kind == LetterKind.Appeal && at.Payer == PayerKind.Medicare && !IsHigher;

    public Letter Write()
    {
        letter = new(kind, row.Title);
        WriteHead();
        WriteAbout();
        Heading("What we ask");
        Say(row.Ask);
        WriteLines();
        if (kind == LetterKind.Underpayment) WritePrices();
        if (kind is LetterKind.Reopening or LetterKind.CorrectedClaim) WriteChanges();
        if (kind == LetterKind.Refund) WriteRefund();
        WriteFacts();
        if (kind is LetterKind.Appeal or LetterKind.Reopening or LetterKind.Records) WriteCriteria();
        WriteRule();
        WriteTime();
        WriteEnclosures();
        WriteSignature();
        WriteBefore();
        return letter;
    }

    void Heading(string text) => letter.Blocks.Add(new LetterHeading(text));

    void Say(string text) => letter.Blocks.Add(new LetterParagraph(text));

    static string Day(DateOnly day) => FactStatements.LongDay(day);

    void WriteHead()
    {
        var claim = Case.Claim;
        var lines = new List<string>();
        Add(lines, claim?.Text(Party.Billing, PartyField.Name));
        Add(lines, claim?.Text(Party.Billing, PartyField.Address));
        Add(lines, claim is null ? "" : PlaceOf(claim.Text(Party.Billing, PartyField.City),
            claim.Text(Party.Billing, PartyField.State), claim.Text(Party.Billing, PartyField.Zip)));
        Add(lines, Labelled("NPI", claim?.Text(Party.Billing, PartyField.Npi)));
        Add(lines, Labelled("Tax ID", claim?.Text(Party.Billing, PartyField.TaxId)));
        Add(lines, Labelled("Phone", PostalText.Phone(claim?.Text(Party.Billing, PartyField.Phone) ?? "")));
        if (claim is null || claim.Text(Party.Billing, PartyField.Name).Length == 0)
            Missing("Name of the practice", lines);
        if (claim is null || claim.Text(Party.Billing, PartyField.Address).Length == 0)
            Missing("Address of the practice", lines);
        letter.Blocks.Add(new LetterLines([.. lines]));
        letter.Blocks.Add(Case.Today == default ? new LetterBlank("Date") : new LetterLines(Day(Case.Today)));
        WriteAddressee();
    }

    void WriteAddressee()
    {
        var lines = new List<string>();
        if (row.To.Length > 0)
        {
            lines.Add(row.To);
            Missing("Address that the earlier decision gives", lines);
            letter.Blocks.Add(new LetterLines([.. lines]));
            return;
        }
        var name = Case.Remittance?.Text(RemittanceText.PayerName) is { Length: > 0 } paid ? paid
            : Case.Claim?.Text(ClaimText.PayerName);
        Add(lines, name);
        if (Case.Remittance is { } head)
        {
            Add(lines, head.Text(RemittanceText.PayerAddress));
            Add(lines, PlaceOf(head.Text(RemittanceText.PayerCity), head.Text(RemittanceText.PayerState),
                head.Text(RemittanceText.PayerZip)));
        }
        if (string.IsNullOrEmpty(name)) Missing("Name of the payer", lines);
        if (lines.Count < 2) Missing("Address of the payer for this kind of letter", lines);
        else letter.Before.Add("Check the payer's address: letters of this kind often go to another one than payments "
            + "come from.");
        letter.Blocks.Add(new LetterLines([.. lines]));
    }

    /// <summary>A place to be filled, which shows that it is empty.</summary>
    void Missing(string what, List<string> lines)
    {
        lines.Add($"[{what}]");
        letter.Before.Add($"Write in: {char.ToLowerInvariant(what[0])}{what[1..]}. The case does not have it.");
    }

    static void Add(List<string> lines, string? text)
    {
        if (!string.IsNullOrWhiteSpace(text)) lines.Add(text);
    }

    static string Labelled(string label, string? text) => string.IsNullOrWhiteSpace(text) ? "" : $"{label} {text}";

    static string PlaceOf(string city, string state, string zip) =>
        string.Join(' ', new[] { city.Length > 0 && state.Length > 0 ? $"{city}, {state}" : city + state,
                PostalText.Zip(zip) }
            .Where(static part => part.Length > 0));

    /// <summary>Which claim it is about; of a first Medicare appeal, what form CMS-20027 asks.</summary>
    void WriteAbout()
    {
        Heading(IsRedetermination ? "The request, as form CMS-20027 asks for it" : "The claim");
        var rows = new List<string[]>();
        void Answer(string name, string? text, bool isNeeded = false)
        {
            if (!string.IsNullOrWhiteSpace(text)) rows.Add([name, text]);
            else if (isNeeded)
            {
                rows.Add([name, "[not in the case]"]);
                letter.Before.Add($"Write in: {char.ToLowerInvariant(name[0])}{name[1..]}. The case does not have it.");
            }
        }
        var isMedicare = at.Payer == PayerKind.Medicare;
        Answer(isMedicare ? "Beneficiary" : "Patient", PatientName(), isNeeded: true);
        Answer(isMedicare ? "Medicare number" : "Member ID", Case.Claim?.Text(Party.Subscriber, PartyField.MemberId),
            isNeeded: true);
        Answer("Your claim number", of.PayerControl, isNeeded: true);
        Answer("Our claim number", of.Claim);
        Answer("Date of service", at.Day == default ? "" : Day(at.Day), isNeeded: true);
        Answer(IsRedetermination ? "Date of the initial determination" : "Date of the remittance",
            at.Remitted == default ? "" : Day(at.Remitted), isNeeded: kind != LetterKind.Records);
        Answer("Payment number", Case.Remittance?.Text(RemittanceText.Trace));
        if (IsRedetermination)
        {
            Answer("Items or services in dispute", string.Join(", ", DisputedLines().Select(NameOf)));
            Answer("Is this about an overpayment?", of.Kind == AnswerKind.TakeBack ? "Yes" : "No");
            Answer("Who asks", "The provider of the service");
        }
        if (IsHigher) AddDecision(Answer);
        letter.Blocks.Add(new LetterTable([], rows, [], [3, 7]));
    }

    /// <summary>The decision that is appealed, and the amount in controversy where the level asks for one.</summary>
    void AddDecision(Action<string, string?, bool> answer)
    {
        answer("Date of the decision that is appealed", decided == default ? "" : Day(decided), true);
        answer("Items or services in dispute", string.Join(", ", DisputedLines().Select(NameOf)), false);
        if (row.Amounts.Length > 0) answer("Amount in controversy", AmountOf(InControversy()), true);
    }

    /// <summary>
    /// Of the lines in dispute the charge, less what was paid and less the patient's share (42 CFR 405.1006(d)); null
    /// where a line has no charge or no paid amount.
    /// </summary>
    Money? InControversy()
    {
        var (sum, disputed) = (Money.Zero, DisputedLines());
        foreach (var line in LinesOf())
        {
            if (!disputed.Contains(line.Number)) continue;
            if (line.Charge is not { } charge || line.Paid is not { } paid) return null;
            sum += charge - paid - PatientShare(line);
        }
        return sum;
    }

    string? PatientName()
    {
        if (Case.Claim is not { } claim) return null;
        var party = claim.Text(Party.Patient, PartyField.Name).Length > 0 ? Party.Patient : Party.Subscriber;
        return string.Join(' ', new[] { claim.Text(party, PartyField.First), claim.Text(party, PartyField.Name) }
            .Where(static part => part.Length > 0));
    }

    /// <summary>The numbers of the lines that the letter is about; all where the answer names none.</summary>
    List<int> DisputedLines()
    {
        if (kind == LetterKind.Underpayment) return [.. prices.Select(static p => p.Number)];
        List<int> named = [.. of.Lines.Where(l => l.Step == of.Step).Select(static l => l.Number)];
        if (named.Count > 0) return named;
        foreach (var line in LinesOf()) if (!named.Contains(line.Number)) named.Add(line.Number);
        return named;
    }

    /// <summary>A line as it was sent and as it was answered.</summary>
    sealed record Row(int Number, string Code, Code Bare, string Units, Money? Charge, Money? Paid, int Payment,
        int Index);

    IEnumerable<Row> LinesOf()
    {
        for (var p = 0; p < Case.Payments.Count; p++)
        {
            var payment = Case.Payments[p];
            for (var i = 1; i <= payment.Lines.Length; i++)
            {
                var paid = payment.Lines[i - 1];
                var sent = LineMatch.Of(Case.Claim, payment, i);
                var service = paid.Billed.IsNone ? paid.Procedure : paid.Billed;
                var (code, modifiers, number) = sent >= 0
                    ? (Case.Claim!.Lines[sent].Code, Case.Claim.Lines[sent].Modifiers, Case.Claim.Lines[sent].Number)
                    : (service.Code, service.Modifiers, i);
                var units = sent >= 0 ? Case.Claim!.Lines[sent].Units.ToString() : paid.UnitsBilled?.ToString() ?? "";
                yield return new(number, CodeOf(code, modifiers), code, units, paid.Charge, paid.Paid, p, i);
            }
        }
    }

    static string CodeOf(Code code, Modifiers modifiers)
    {
        var text = code.ToString();
        for (var i = 0; i < modifiers.Count; i++) text += $"-{modifiers[i]}";
        return text;
    }

    string NameOf(int number) =>
        LinesOf().FirstOrDefault(l => l.Number == number) is { } line ? $"line {number}, {line.Code}"
            : string.Create(CultureInfo.InvariantCulture, $"line {number}");

    /// <summary>The lines with the codes of the remittance, quoted; what the codes say in our own words.</summary>
    void WriteLines()
    {
        var disputed = DisputedLines();
        var (rows, codes) = (new List<string[]>(), new List<string>());
        foreach (var line in LinesOf())
        {
            if (!disputed.Contains(line.Number)) continue;
            var payment = Case.Payments[line.Payment];
            var reasons = new List<string>();
            foreach (ref readonly var adjustment in payment.Adjustments.Of(line.Index))
                AddReason(reasons, codes, $"{adjustment.Group}-{adjustment.Reason}", ReasonCodes.Shipped
                    .Carc(adjustment.Reason.ToString()), adjustment.Amount);
            foreach (ref readonly var remark in payment.Remarks.Of(line.Index))
                AddReason(reasons, codes, remark.Code.ToString(), ReasonCodes.Shipped.Rarc(remark.Code.ToString()),
                    null);
            rows.Add([string.Create(CultureInfo.InvariantCulture, $"{line.Number}"), line.Code, line.Units,
                AmountOf(line.Charge), AmountOf(line.Paid), string.Join(", ", reasons)]);
        }
        AddClaimReasons(rows, codes);
        if (rows.Count == 0) return;
        letter.Blocks.Add(new LetterTable(["Line", "Code", "Units", "Charged", "Paid", "Your codes"], rows, [2, 3, 4],
            [7, 17, 9, 14, 14, 39]));
        if (codes.Count > 0) Say($"As we read your codes: {string.Join("; ", codes)}.");
    }

    /// <summary>What the remittance says of the claim as a whole.</summary>
    void AddClaimReasons(List<string[]> rows, List<string> codes)
    {
        for (var p = 0; p < Case.Payments.Count; p++)
        {
            var (payment, reasons) = (Case.Payments[p], new List<string>());
            foreach (ref readonly var adjustment in payment.Adjustments.Of(0))
                AddReason(reasons, codes, $"{adjustment.Group}-{adjustment.Reason}",
                    ReasonCodes.Shipped.Carc(adjustment.Reason.ToString()), adjustment.Amount);
            foreach (ref readonly var remark in payment.Remarks.Of(0))
                AddReason(reasons, codes, remark.Code.ToString(), ReasonCodes.Shipped.Rarc(remark.Code.ToString()),
                    null);
            if (reasons.Count > 0)
                rows.Add(["All", "", "", AmountOf(payment.Charge), AmountOf(payment.Paid),
                    string.Join(", ", reasons)]);
        }
    }

    static void AddReason(List<string> reasons, List<string> codes, string code, Reason? known, Money? amount)
    {
        reasons.Add(amount is { } money ? $"{code} {Dollars.Of(money)}" : code);
        var words = known is null ? "" : $"{known.Code}, {known.Label}";
        if (words.Length > 0 && !codes.Contains(words)) codes.Add(words);
    }

    static string AmountOf(Money? amount) => amount is { } money ? Dollars.Of(money) : "";
}
