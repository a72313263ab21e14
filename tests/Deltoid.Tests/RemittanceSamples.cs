using System.Globalization;
using System.Text;

namespace Deltoid.Tests;

/// <summary>Made-up remittances that are right in every respect, and the same with one amount a cent off.</summary>
internal static class RemittanceSamples
{
    public const string Npi = "1234567893";

    const string Isa = "ISA*00*          *00*          *ZZ*PAYER01        *ZZ*CLINIC01   "
        + "    *261115*1200*^*00501*000000002*0*T*:";
    const string Gs = "GS*HP*PAYER01*CLINIC01*20261115*1200*2*X*005010X221A1";

    /// <summary>A set of these segments in its envelope; SE is added.</summary>
    public static byte[] File(params IEnumerable<string> segments) => File([segments.ToList()]);

    /// <summary>Several sets in one envelope.</summary>
    public static byte[] File(IReadOnlyList<IReadOnlyList<string>> sets)
    {
        var text = new StringBuilder($"{Isa}~\n{Gs}~\n");
        for (var i = 0; i < sets.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"ST*835*{i + 1:0000}~\n");
            foreach (var segment in sets[i]) text.Append(segment).Append("~\n");
            text.Append(CultureInfo.InvariantCulture, $"SE*{sets[i].Count + 2}*{i + 1:0000}~\n");
        }
        text.Append(CultureInfo.InvariantCulture, $"GE*{sets.Count}*2~\nIEA*1*000000002~\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>A header of a payment by transfer; the rest of the set follows.</summary>
    public static List<string> Head(string amount) =>
        [
            $"BPR*I*{amount}*C*ACH*CCP*01*111000025*DA*1234567*1512345678**01*071000013*DA*7654321*20261116",
            "TRN*1*EFT0000001*1512345678",
            "DTM*405*20261115",
            "N1*PR*PRAIRIE HEALTH PLAN",
            "N3*1 PLAN PLAZA",
            "N4*HARTFORD*CT*06156",
            "PER*BL*PROVIDER DESK*TE*8005551212",
            $"N1*PE*OAK STREET MEDICINE*XX*{Npi}",
            "REF*TJ*362222222",
        ];

    /// <summary>A header of a notice that pays nothing.</summary>
    public static List<string> Notice() =>
        [.. Head("0").Select((s, i) => i == 0 ? "BPR*H*0*C*NON************20261116" : s)];

    /// <summary>
    /// A remittance made from a seed: claims that are paid, denied, reversed, with and without lines; adjustments on
    /// both levels; interest and other provider adjustments.
    /// </summary>
    /// <param name="Segments">ST and SE left out.</param>
    /// <param name="Amounts">Where amounts stand that take part in a balance: segment and element.</param>
    public sealed record Sample(List<string> Segments, List<(int Segment, int Element)> Amounts)
    {
        public byte[] File() => RemittanceSamples.File(Segments);

        /// <summary>The same with one of its amounts changed by so many cents.</summary>
        public byte[] File(int which, int cents) => RemittanceSamples.File(Changed(which, cents));

        public List<string> Changed(int which, int cents)
        {
            var (segment, element) = Amounts[which % Amounts.Count];
            var changed = Segments.ToList();
            var elements = changed[segment].Split('*');
            elements[element] = Money(decimal.Parse(elements[element], CultureInfo.InvariantCulture) + (cents / 100m));
            changed[segment] = string.Join('*', elements);
            return changed;
        }

        /// <summary>With a number of its own, and claims of its own, for files of several sets.</summary>
        public Sample Numbered(int number) => this with
        {
            Segments = Segments.ConvertAll(s => s
                .Replace("EFT0000001", $"EFT{number:0000000}", StringComparison.Ordinal)
                .Replace("CLP*P", $"CLP*{number}P", StringComparison.Ordinal)),
        };
    }

    static string Money(decimal amount) => amount.ToString("0.##", CultureInfo.InvariantCulture);

    public static Sample Random(int seed)
    {
        var maker = new Maker(new Random(seed));
        return maker.Make();
    }

    sealed class Maker(Random random)
    {
        readonly List<string> body = [];
        readonly List<(int Segment, int Element)> amounts = [];
        decimal paid, interest;

        decimal Cents(int most) => random.Next(1, most) / 100m;

        void Add(string segment, params int[] balanced)
        {
            foreach (var element in balanced) amounts.Add((body.Count, element));
            body.Add(segment);
        }

        public Sample Make()
        {
            var claims = random.Next(1, 6);
            for (var i = 0; i < claims; i++)
            {
                if (i == 0 || random.Next(4) == 0) Add($"LX*{i + 1}");
                AddClaim(i);
            }
            var adjusted = AddProviderAdjustments();
            var total = paid - adjusted;
            var head = total == 0 ? Notice() : Head(Money(total));
            return new([.. head, .. body], [.. amounts.Select(a => (a.Segment + head.Count, a.Element)), (0, 2)]);
        }

        void AddClaim(int number)
        {
            var kind = random.Next(10);
            var sign = kind == 0 ? -1 : 1;
            var start = body.Count;
            var (isWhole, claimLevel) = (random.Next(5) == 0, random.Next(4) == 0);
            var (charge, adjusted, share) = (0m, 0m, 0m);
            Add(""); // CLP, when its sums are known
            if (isWhole || claimLevel)
                (adjusted, share) = AddAdjustments(isWhole ? 0 : sign * Cents(5000), sign, ref charge, isWhole);
            Add($"NM1*QC*1*FIELD{number}*ALAN****MI*A{random.Next(100000, 999999)}");
            Add($"NM1*82*1*BROOKS*DANA****XX*{Npi}");
            if (random.Next(3) == 0) Add("MOA***MA01*N130");
            Add("DTM*232*20260901");
            if (random.Next(3) == 0) Add("DTM*050*20260905");
            if (random.Next(4) == 0 && kind != 0) AddInterest();
            if (!isWhole) AddLines(number, sign, ref charge, ref adjusted, ref share);
            var status = kind == 0 ? "22" : kind < 8 ? "1" : "2";
            var owes = kind == 0 || share <= 0 ? "" : Money(share);
            body[start] = $"CLP*P{number:0000}*{status}*{Money(charge)}*"
                + $"{Money(charge - adjusted)}*{owes}*12*ICN{number:000000}*11*1";
            amounts.Add((start, 3));
            amounts.Add((start, 4));
            if (owes.Length > 0) amounts.Add((start, 5));
            paid += charge - adjusted;
            if (kind == 0) AddCorrection(number);
        }

        /// <summary>A reversal is followed by the claim's new adjudication.</summary>
        void AddCorrection(int number)
        {
            var amount = Cents(20000);
            Add($"CLP*P{number:0000}*1*{Money(amount)}*{Money(amount)}**12*ICN{number:000000}X*11*7", 3, 4);
            Add($"NM1*QC*1*FIELD{number}*ALAN****MI*A1");
            Add("DTM*232*20260901");
            paid += amount;
        }

        void AddInterest()
        {
            var amount = Cents(900);
            Add($"AMT*I*{Money(amount)}", 2);
            interest += amount;
        }

        /// <summary>
        /// One or two CAS that take an amount off; of a claim without lines also its charge is made here.
        /// </summary>
        (decimal Adjusted, decimal Share) AddAdjustments(decimal amount, int sign, ref decimal charge, bool makesCharge)
        {
            if (makesCharge)
            {
                charge = sign * Cents(300000);
                amount = sign * Math.Round(Math.Abs(charge) * random.Next(0, 101) / 100, 2);
            }
            return amount == 0 ? (0, 0) : AddCas(amount);
        }

        (decimal Adjusted, decimal Share) AddCas(decimal amount)
        {
            var patient = Math.Round(amount * random.Next(0, 101) / 100, 2);
            var rest = amount - patient;
            if (rest != 0 && random.Next(2) == 0 && Math.Abs(rest) > 0.02m)
            {
                var first = Math.Round(rest / 2, 2);
                Add($"CAS*CO*45*{Money(first)}**253*{Money(rest - first)}", 3, 6);
            }
            else if (rest != 0) Add($"CAS*CO*45*{Money(rest)}", 3);
            if (patient != 0) Add($"CAS*PR*2*{Money(patient)}", 3);
            return (amount, patient);
        }

        void AddLines(int number, int sign, ref decimal charge, ref decimal adjusted, ref decimal share)
        {
            var count = random.Next(1, 5);
            for (var line = 1; line <= count; line++)
            {
                var amount = sign * Cents(50000);
                var off = sign * Math.Round(Math.Abs(amount) * random.Next(0, 101) / 100, 2);
                var code = line % 2 == 1 ? "HC:96372" : "HC:J3420:JZ";
                Add($"SVC*{code}*{Money(amount)}*{Money(amount - off)}**{random.Next(1, 9)}", 2, 3);
                Add("DTM*472*20260901");
                var (lineAdjusted, lineShare) = off == 0 ? (0, 0) : AddCas(off);
                Add($"REF*6R*{number}L{line}");
                if (amount > off) Add($"AMT*B6*{Money(amount - off)}");
                if (off != 0 && random.Next(3) == 0) Add("LQ*HE*N130");
                (charge, adjusted, share) = (charge + amount, adjusted + lineAdjusted, share + lineShare);
            }
        }

        decimal AddProviderAdjustments()
        {
            var adjusted = 0m;
            if (interest > 0)
            {
                Add($"PLB*{Npi}*20261231*L6*{Money(-interest)}", 4);
                adjusted -= interest;
            }
            if (paid - adjusted < 0)
            {
                var forward = paid - adjusted;
                Add($"PLB*{Npi}*20261231*FB:EFT0000001*{Money(forward)}", 4);
                return adjusted + forward;
            }
            if (random.Next(2) == 0 && paid - adjusted > 0.02m)
            {
                var recovered = Math.Round((paid - adjusted) * random.Next(1, 100) / 100, 2);
                var fee = Cents(100);
                if (recovered == 0) return adjusted;
                Add($"PLB*{Npi}*20261231*WO:ICN000009*{Money(recovered)}*CS:A7*{Money(-fee)}", 4, 6);
                adjusted += recovered - fee;
            }
            return adjusted;
        }
    }
}
