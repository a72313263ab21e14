using System.Globalization;
using System.Text.RegularExpressions;
using Deltoid.Claims;
using Deltoid.Store;
using Deltoid.Store.Model;
using Deltoid.Values;
using Microsoft.EntityFrameworkCore;

namespace Deltoid.Web;

/// <summary>One claim of the paper, with its lines as they were charged.</summary>
/// <param name="Who">The patient.</param>
public sealed record PaperRow(StoredClaim Claim, string Who, IReadOnlyList<PaperCharge> Lines);

/// <summary>A line as it was charged, in cents.</summary>
public sealed record PaperCharge(int Number, string Code, long Charge);

/// <summary>The form of a payment on paper, as it was typed.</summary>
public sealed partial class PaperForm(Func<string, string> typed)
{
    /// <summary>What is taken off most often, with group and reason; their words are our own.</summary>
    public static readonly (string Field, string Says, string Group, string Reason)[] Usual =
    [
        ("contract", "Contract (CO-45)", "CO", "45"), ("deductible", "Deductible (PR-1)", "PR", "1"),
        ("coinsurance", "Coinsurance (PR-2)", "PR", "2"), ("copay", "Copay (PR-3)", "PR", "3"),
    ];

    const int MostClaims = 200;

    public string this[string field] => typed(field);

    /// <summary>The field of a line.</summary>
    public static string Of(string field, long claim, int line) =>
        string.Create(CultureInfo.InvariantCulture, $"{field}.{claim}.{line}");

    public static bool IsField(string name) => Field().IsMatch(name);

    [GeneratedRegex(@"\A(status|control|paid|contract|deductible|coinsurance|copay|reason|other)(\.\d{1,18}){1,2}\z")]
    private static partial Regex Field();

    /// <summary>The claims that are named, in their order.</summary>
    /// <exception cref="InputException">One of them is not here, or there are too many.</exception>
    public async Task<IReadOnlyList<PaperRow>> Rows(PracticeDb db, CancellationToken stop)
    {
        var numbers = this["claims"].Split(['\n', '\r', ',', ' '], StringSplitOptions.RemoveEmptyEntries
            | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal).ToList();
        if (numbers.Count > MostClaims)
            throw new InputException("claims", $"more than {MostClaims} claims are named", "type the paper in parts");
        var found = await db.Claims.AsNoTracking().Where(c => numbers.Contains(c.Number))
            .ToDictionaryAsync(static c => c.Number, stop);
        foreach (var number in numbers)
            if (!found.ContainsKey(number))
                throw new InputException("claims", $"no claim has the number {number}",
                    "look it up in the worklist, and write its number as it stands there");
        return numbers.ConvertAll(n => RowOf(found[n]));
    }

    static PaperRow RowOf(StoredClaim stored)
    {
        var (claim, charges) = (Documents.Claim(stored.Document), new List<PaperCharge>());
        foreach (ref readonly var line in claim.Lines)
            charges.Add(new(line.Number, (line.Code.IsNone ? line.RevenueCode : line.Code).ToString(),
                line.Charge?.Cents ?? 0));
        var who = claim.PatientParty;
        return new(stored, $"{claim.Text(who, PartyField.First)} {claim.Text(who, PartyField.Name)}", charges);
    }

    /// <exception cref="InputException">A field does not read.</exception>
    public PaperPayment Payment(IReadOnlyList<PaperRow> rows) => new(
        long.TryParse(this["payer"], CultureInfo.InvariantCulture, out var payer) ? payer : 0, this["trace"].Trim(),
        TypedDay.Of(this["day"], "day"), Cents("amount", isAsked: true), [.. rows.Select(ClaimOf)]);

    PaperClaim ClaimOf(PaperRow row)
    {
        var id = row.Claim.Id.ToString(CultureInfo.InvariantCulture);
        return new(row.Claim.Id, this["status." + id] is "2" or "3" or "4" ? this["status." + id] : "1",
            Plain(this["control." + id]), [.. row.Lines.Select(l => LineOf(row.Claim.Id, l.Number))]);
    }

    PaperLine LineOf(long claim, int line)
    {
        var off = Usual.Select(u => (u.Group, u.Reason, Cents(Of(u.Field, claim, line)))).ToList();
        var (reason, other) = (this[Of("reason", claim, line)].Trim().ToUpperInvariant(),
            Cents(Of("other", claim, line)));
        if (Reason().Match(reason) is { Success: true } said)
            off.Add((said.Groups[1].Value, said.Groups[2].Value, other));
        else if (other != 0 || reason.Length > 0)
            throw new InputException(Of("reason", claim, line), "another amount needs its group and reason",
                "write them as the paper has them, such as CO-197");
        return new(line, Cents(Of("paid", claim, line)), off);
    }

    [GeneratedRegex(@"\A(CO|PR|PI|OA)[ -]?([A-Z]?\d{1,3})\z")]
    private static partial Regex Reason();

    static string Plain(string text) => text.Trim() is var own && own.Length <= 30
        && own.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or ' ') ? own
        : throw new InputException("control", "the payer's number of a claim has at most 30 letters and digits",
            "write it as the paper has it");

    long Cents(string field, bool isAsked = false)
    {
        var text = this[field].Trim().TrimStart('$');
        if (text.Length == 0 && !isAsked) return 0;
        return Money.TryParse(text.Replace(",", "", StringComparison.Ordinal), out var money) ? money.Cents
            : throw new InputException(field, text.Length == 0 ? "the amount is missing" : "this is no amount",
                "write dollars, such as 12.50");
    }
}
