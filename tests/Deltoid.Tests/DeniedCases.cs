using System.Globalization;
using Deltoid.Remits;
using Deltoid.Rules;

namespace Deltoid.Tests;

/// <summary>
/// Denied claims made at random in the notation of the pages: every row's reasons, in every group, with facts that fit
/// them or do not.
/// </summary>
sealed class DeniedCases(Random random)
{
    static readonly string[] Payers =
        ["medicare", "medicare-advantage", "medicaid", "commercial", "workers-comp", "tricare"];
    static readonly string[] Groups = ["CO", "CO", "CO", "PR", "PR", "OA", "PI"];
    static readonly string[] Codes =
        ["96372", "J3420-JZ", "99213-25", "99213", "99211", "90471", "J1885", "96375", "J1630", "A4550", "G0008"];
    static readonly string[] Provider = ["WO", "FB", "L6", "72", "J1", "LE", "CS"];
    static readonly string[] Refusals =
    [
        "status A7:33:IL", "status A3:54", "status A6:218", "status A2:20", "status", "ack R", "ack A", "ack ta1 R 010",
    ];

    /// <summary>A reason with its group before and perhaps a remark after.</summary>
    static readonly string[] Reasons = [.. CauseTable.Shipped.All.SelectMany(static r => r.Codes)
        .Where(static c => !char.IsAsciiLetterLower(c[0]) && c != CauseTable.AnyReason).Append("B12").Distinct()];

    /// <summary>Facts that the rows ask for are made more often than the others.</summary>
    static readonly FactKind[] Asked = [.. CauseTable.Shipped.All.SelectMany(static r => r.When.Names)
        .Select(static n => FactKinds.Shipped.Find(n)).OfType<FactKind>().Distinct()];

    public T Any<T>(IReadOnlyList<T> all) => all[random.Next(all.Count)];

    bool Happens(int percent) => random.Next(100) < percent;

    /// <summary>A denied claim without facts.</summary>
    /// <param name="isTakenBack">The same payment is there with its signs turned.</param>
    public string Claim(bool isTakenBack = false)
    {
        var lines = new List<string>
        {
            $"payer {Any(Payers)}  dos 2026-0{random.Next(1, 7)}-{random.Next(10, 29)}  pos {Any(["11", "11", "22"])}  "
                + $"dx {Any(["D51.0", "J30.2", "L50.0"])}",
        };
        var charges = new List<int>();
        for (var i = 1; i <= random.Next(1, 4); i++)
        {
            charges.Add(random.Next(500, 30_000));
            lines.Add($"{i}  {Any(Codes)}  x{random.Next(1, 6)}  charge {Dollars(charges[^1])}");
        }
        if (!isTakenBack && Happens(8)) lines.Add(Any(Refusals));
        else AddPayments(lines, charges, isTakenBack);
        if (Happens(60)) lines.Add("terms correctedDays=120 appealDays=150 timelyDays=90 "
            + $"contracted={Any(["true", "false"])}");
        lines.Add("today 2026-08-20");
        return string.Join('\n', lines);
    }

    void AddPayments(List<string> lines, List<int> charges, bool isTakenBack)
    {
        var paid = charges.Select(c => Answer(c, Any(["0", "0", "40"]))).ToList();
        if (isTakenBack) AddPayment(lines, paid, "22", isTurned: true);
        var status = isTakenBack ? "1" : Any(["1", "1", "4", "19", "22"]);
        AddPayment(lines, paid, status, isTurned: status == "22");
        if (!isTakenBack && Happens(15))
            lines.Add($"plb {Any(Provider)} {Any(["-", ""])}{Dollars(random.Next(100, 9000))} {Any(["PC1", "PC0"])}");
        if (Happens(15)) lines.Add($"prior {Dollars(charges[0] / 3)} CO-45 {Dollars(charges[0] / 4)}");
    }

    static void AddPayment(List<string> lines, List<List<(string What, int Cents)>> paid, string status, bool isTurned)
    {
        lines.Add($"paid 2026-08-10 status {status}");
        for (var i = 0; i < paid.Count; i++)
            lines.Add($"{i + 1} " + string.Join(' ', paid[i].Select(p => p.Cents == int.MinValue ? p.What
                : $"{p.What} {Dollars(isTurned ? -p.Cents : p.Cents)}".Trim())));
    }

    /// <summary>What comes back of one line: payment, reductions that come to the charge, remarks.</summary>
    List<(string What, int Cents)> Answer(int charge, string percent)
    {
        var paid = charge * int.Parse(percent, CultureInfo.InvariantCulture) / 100;
        var answer = new List<(string, int)> { ("", paid) };
        var first = Happens(40) ? random.Next(1, charge - paid) : charge - paid;
        foreach (var cents in (ReadOnlySpan<int>)[first, charge - paid - first])
        {
            if (cents == 0) continue;
            var code = Any(Reasons).Split('/');
            answer.Add((code[0].Contains('-', StringComparison.Ordinal) ? code[0] : $"{Any(Groups)}-{code[0]}", cents));
            if (code.Length > 1) answer.Add((Any(code[1].Split('|')), int.MinValue));
        }
        return answer;
    }

    /// <summary>A fact of the record with all its needed fields and some of the others.</summary>
    public string Fact()
    {
        var kind = Any(Happens(85) ? Asked : [.. FactKinds.Shipped.All]);
        var text = $"{(Happens(30) ? "not" : "fact")} {kind.Name}";
        foreach (var field in kind.Fields)
            if (field.IsRequired || Happens(60)) text += $" {field.Name}={Value(field)}";
        return Happens(25) ? $"{text} lines=1" : text;
    }

    string Value(FactField field) => field.Type switch
    {
        FactType.Day or FactType.Moment or FactType.Days => $"2026-0{random.Next(1, 9)}-{random.Next(10, 29)}",
        FactType.Number => random.Next(1, 95).ToString(CultureInfo.InvariantCulture),
        FactType.Money => Dollars(random.Next(100, 20_000)),
        FactType.Flag => Any(["true", "false"]),
        FactType.Ndc => Any(["00517-0031-25", "00409-7332-01"]),
        FactType.Word or FactType.Words => Any(field.Words),
        FactType.Code or FactType.Codes => Any(["96372", "J3420", "99213", "D51.0"]),
        _ => Any(["PC1", "PC0", "not-needed", "barred", "allowed", "none", "30_mg"]),
    };

    static string Dollars(int cents) => (cents / 100m).ToString("0.00", CultureInfo.InvariantCulture);
}
