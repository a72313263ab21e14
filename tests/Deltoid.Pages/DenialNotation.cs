using System.Globalization;
using System.Text;
using System.Text.Json;
using Deltoid.Answers;
using Deltoid.Charting;
using Deltoid.Claims;
using Deltoid.Remits;
using Deltoid.Rules;
using Deltoid.Values;

namespace Deltoid.Pages;

/// <summary>Reads the denied claims of pages: see <see cref="DenialPage"/>.</summary>
internal static class DenialNotation
{
    static readonly string[] Openers =
        ["paid", "all", "plb", "fact", "not", "prior", "terms", "today", "chart", "status", "ack", "whole", "amt",
            "contract", "rate"];

    /// <exception cref="FormatException">A line does not read.</exception>
    public static DeniedClaim Read(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var first = Array.FindIndex(lines, static l => Array.IndexOf(Openers, l.Split(' ')[0]) >= 0);
        if (first < 0) throw new FormatException("nothing came back: write paid …");
        var of = new DeniedClaim { Claim = CleanClaim.With(string.Join('\n', lines[..first])) };
        var (record, contract, rates) = (new List<string>(), "", new List<string>());
        foreach (var line in lines[first..])
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            switch (words[0])
            {
                case "paid": BeginPayment(of, words); break;
                case "status" or "ack": AddRefusal(of, words); break;
                case "whole": AddWhole(of.Payments[^1], words); break;
                case "amt":
                    of.Payments[^1].Amounts.Add(0, new(Code.Of(words[1]), Dollars(words[2])));
                    break;
                case "plb": AddProvider(of, words); break;
                case "fact" or "not": record.Add(FactJson(words)); break;
                case "prior": AddPrior(of, words); break;
                case "terms": of.Terms = TermsOf(words); break;
                case "contract": contract = ContractNotation.Fields(words[1..]) + ","; break;
                case "rate": rates.Add($"{{{ContractNotation.Fields(words[1..])}}}"); break;
                case "today": of.Today = Day(words[1]); break;
                case "chart":
                    of.Encounter = EncounterJson.Read(Encoding.UTF8.GetBytes(line["chart".Length..]), "");
                    break;
                case "all":
                    for (var i = 0; i < of.Claim.Lines.Length; i++) AddLine(of, i, words[1..]);
                    break;
                default: AddLine(of, of.Claim.IndexOf(Number(words[0])), words[1..]); break;
            }
        }
        var json = new JsonInput(Encoding.UTF8.GetBytes($"[{string.Join(',', record)}]"));
        of.Record = RecordJson.Read(ref json, "/record");
        if (rates.Count > 0)
            of.Terms = (of.Terms ?? TermsOf(["terms"])) with { Contract = ContractNotation.Read(contract, rates) };
        foreach (var payment in of.Payments) Total(payment);
        return of;
    }

    static void BeginPayment(DeniedClaim of, string[] words)
    {
        of.Remittance ??= new Remittance { Produced = Day(words[1]) };
        var payment = new ClaimPayment { Status = Code.Of("1") };
        payment.Id = payment.Append(of.Claim![ClaimText.Id]);
        payment.PayerControl = payment.Append("PC1"u8);
        for (var i = 2; i + 1 < words.Length; i += 2)
            switch (words[i])
            {
                case "status": payment.Status = Code.Of(words[i + 1]); break;
                case "control": payment.PayerControl = payment.Append(Encoding.UTF8.GetBytes(words[i + 1])); break;
                case "remark": payment.Remarks.Add(0, new(Code.Of("MOA"), Code.Of(words[i + 1]))); break;
                default: throw new FormatException($"paid: what is {words[i]}?");
            }
        of.Payments.Add(payment);
    }

    static void AddLine(DeniedClaim of, int index, string[] words)
    {
        if (index < 0) throw new FormatException("the claim has no such line");
        var payment = of.Payments[^1];
        ref readonly var sent = ref of.Claim!.Lines[index];
        ref var line = ref payment.AddLine();
        var (at, sign) = (0, payment.IsReversal ? -1 : 1);
        line.Procedure = new() { Kind = Code.Of("HC"), Code = sent.Code, Modifiers = sent.Modifiers };
        line.Charge = new(sign * (sent.Charge?.Cents ?? 0));
        line.Date = sent.Date;
        line.Paid = words.Length > 0 && Money.TryParse(words[0], out var paid) && at++ == 0 ? paid : Money.Zero;
        line.Control = payment.Append(of.Claim[sent.Control]);
        var left = line.Charge.Value - line.Paid.Value;
        for (; at < words.Length; at++)
        {
            if (!words[at].Contains('-', StringComparison.Ordinal))
            {
                payment.Remarks.Add(line.Number, new(Code.Of("HE"), Code.Of(words[at])));
                continue;
            }
            var (reason, amount) = (words[at].Split('-'), left);
            if (at + 1 < words.Length && Money.TryParse(words[at + 1], out var stated)) (amount, at) = (stated, at + 1);
            left -= amount;
            payment.Adjustments.Add(line.Number, new(Code.Of(reason[0]), Code.Of(reason[1]), amount));
        }
        if (left != Money.Zero) throw new FormatException($"line {line.Number}: {left} is not explained");
    }

    /// <summary><c>status A7:33:IL A7:21</c>, <c>ack R</c> of the set, <c>ack ta1 R 010</c> of the file.</summary>
    static void AddRefusal(DeniedClaim of, string[] words)
    {
        if (words is ["ack", "ta1", var verdict, ..])
            of.InterchangeVerdict = new("000000001", "260302", "0900", verdict[0], words.Length > 3 ? words[3] : "000");
        else if (words[0] == "ack")
        {
            var group = of.Acknowledgment = new Acknowledgment { Verdict = words[1][0] };
            group.AddSet().Verdict = words[1][0];
            if (words.Length < 3) return;
            ref var rejection = ref group.Reject();
            (rejection.Segment, rejection.Ordinal) = (Code.Of(words[2]), 7);
            if (words.Length > 3) rejection.UnitNumber = group.Append(Encoding.UTF8.GetBytes(words[3]));
        }
        else
        {
            var status = of.Status = new ClaimStatus();
            status.AddProvider();
            ref var claim = ref status.AddClaim();
            claim.Id = status.Append(of.Claim![ClaimText.Id]);
            foreach (var word in words[1..])
                status.AddStatus(ref claim.Statuses).First = word.Split(':') switch
                {
                    [var category, var code] => new(Code.Of(category), Code.Of(code), default),
                    [var category, var code, var who] => new(Code.Of(category), Code.Of(code), Code.Of(who)),
                    _ => throw new FormatException($"{word} is no status"),
                };
        }
    }

    /// <summary><c>whole CO-131 5.00</c>: an adjustment of the claim as a whole, beside those of its lines.</summary>
    static void AddWhole(ClaimPayment payment, string[] words)
    {
        var reason = words[1].Split('-');
        payment.Adjustments.Add(0, new(Code.Of(reason[0]), Code.Of(reason[1]), Dollars(words[2])));
    }

    static void Total(ClaimPayment payment)
    {
        var (charge, paid, patient) = (Money.Zero, Money.Zero, Money.Zero);
        foreach (ref readonly var line in payment.Lines)
        {
            (charge, paid) = (charge + line.Charge!.Value, paid + line.Paid!.Value);
            foreach (ref readonly var adjustment in payment.Adjustments.Of(line.Number))
                if (adjustment.Group == Adjustment.Patient) patient += adjustment.Amount!.Value;
        }
        foreach (ref readonly var whole in payment.Adjustments.Of(0)) paid -= whole.Amount!.Value;
        (payment.Charge, payment.Paid, payment.PatientOwes) = (charge, paid, patient);
    }

    static void AddProvider(DeniedClaim of, string[] words)
    {
        var head = of.Remittance ??= new Remittance();
        head.Adjustments.Add(new()
        {
            Reason = Code.Of(words[1]), Amount = Dollars(words[2]),
            Reference = words.Length > 3 ? head.Append(Encoding.UTF8.GetBytes(words[3])) : default,
        });
    }

    /// <summary><c>prior 114.00 CO-45 55.00 PR-2 22.00</c>: the claim as a whole.</summary>
    static void AddPrior(DeniedClaim of, string[] words)
    {
        var payment = new ClaimPayment { Status = Code.Of("1"), Charge = of.Claim!.Charge, Paid = Dollars(words[1]) };
        payment.Id = payment.Append(of.Claim[ClaimText.Id]);
        for (var i = 2; i + 1 < words.Length; i += 2)
            payment.Adjustments.Add(0, new(Code.Of(words[i].Split('-')[0]), Code.Of(words[i].Split('-')[1]),
                Dollars(words[i + 1])));
        of.PriorRemittance = new Remittance();
        of.PriorPayments.Add(payment);
    }

    static PayerTerms TermsOf(string[] words)
    {
        static string JsonOf(string value) =>
            char.IsAsciiDigit(value[0]) || value is "true" or "false" ? value : $"\"{value}\"";
        var fields = words[1..].Select(static w => w.Split('=') is [var name, var value]
            ? $"\"{name}\":{JsonOf(value)}"
            : $"\"{w}\":true");
        var json = new JsonInput(Encoding.UTF8.GetBytes($"{{{string.Join(',', fields)}}}"));
        return PayerTerms.Read(ref json);
    }

    internal static string FactJson(string[] words)
    {
        var kind = FactKinds.Shipped.Find(words[1]) ?? throw new FormatException($"{words[1]} is no fact");
        var fields = new List<string> { $"\"fact\":\"{words[1]}\"" };
        if (words[0] == "not") fields.Add("\"is\":false");
        foreach (var word in words[2..])
        {
            var cut = word.IndexOf('=', StringComparison.Ordinal);
            if (cut < 1) throw new FormatException($"{words[1]}: {word} is no field=value");
            var (name, value) = (word[..cut], word[(cut + 1)..].Replace('_', ' '));
            fields.Add($"\"{name}\":{name switch
            {
                "lines" => $"[{value}]",
                "where" => Quoted(value),
                _ => JsonOf(kind, name, value),
            }}");
        }
        return $"{{{string.Join(',', fields)}}}";
    }

    static string JsonOf(FactKind kind, string name, string value)
    {
        var type = kind.Field(name)?.Type ?? throw new FormatException($"{kind.Name} has no field {name}");
        return type switch
        {
            FactType.Number or FactType.Money or FactType.Flag => value,
            FactType.Codes or FactType.Days or FactType.Texts or FactType.Words =>
                $"[{string.Join(',', value.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Quoted))}]",
            _ => Quoted(value),
        };
    }

    static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text)}\"";

    static DateOnly Day(string text) =>
        Days.TryRead(text, out var day) ? day : throw new FormatException($"{text} is no day");

    static Money Dollars(string text) =>
        Money.TryParse(text, out var money) ? money : throw new FormatException($"{text} is no amount");

    static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"{text} begins no line");
}
