using System.Globalization;
using System.Text;

namespace Deltoid.Web.Tests;

/// <summary>One claim in an 835, as the B12 shot is paid: 38.00 and 12.50 were charged.</summary>
/// <param name="Number">CLP01.</param>
/// <param name="Shot">Paid of the first line, in cents; the rest is contractual.</param>
/// <param name="Coinsurance">Of that rest of the first line, what is the patient's (PR-2).</param>
sealed record PaidShot(string Number, string Control, int Shot = 3_000, int Drug = 1_050, char Status = '1',
    string LineControl = "", string Member = "1EG4TE5MK73", string Day = "20260302", int Coinsurance = 0)
{
    public int Paid => (Shot + Drug) * (IsReversal ? -1 : 1);

    public bool IsReversal => Status == 'R';
}

/// <summary>A payment of an 835.</summary>
/// <param name="Plb">A reason and its reference, and cents that are taken from the payment.</param>
sealed record PaidSet(string Trace, string Day, IReadOnlyList<PaidShot> Claims, string Payer = "1123456789",
    (string Reason, string Reference, int Cents)? Plb = null, int Off = 0);

/// <summary>Writes 835 files for tests.</summary>
static class PaymentFiles
{
    public static byte[] Write(int control, params IReadOnlyList<PaidSet> sets)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture,
            $"ISA*00*          *00*          *ZZ*PAYER          *ZZ*CLINIC         *260405*0930*^*00501*"
                + $"{control:000000000}*0*P*:~GS*HP*PAYER*CLINIC*20260405*0930*{control}*X*005010X221A1~");
        for (var i = 0; i < sets.Count; i++) Write(text, sets[i], i + 1);
        text.Append(CultureInfo.InvariantCulture, $"GE*{sets.Count}*{control}~IEA*1*{control:000000000}~");
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    static void Write(StringBuilder all, PaidSet set, int number)
    {
        var text = new StringBuilder();
        var amount = set.Claims.Sum(static c => c.Paid) - (set.Plb?.Cents ?? 0) + set.Off;
        text.Append(CultureInfo.InvariantCulture,
            $"ST*835*{number:0000}~BPR*{(amount == 0 ? "H" : "I")}*{Amount(amount)}*C*{(amount == 0 ? "NON" : "CHK")}"
                + $"************{set.Day}~TRN*1*{set.Trace}*{set.Payer}~DTM*405*{set.Day}~N1*PR*PAYER {set.Payer}~"
                + $"N3*1 MAIN ST~N4*CHICAGO*IL*60601~PER*BL*DESK*TE*3125550111~"
                + $"N1*PE*SAMPLE STREET CLINIC*XX*1234567893~REF*TJ*123456789~LX*1~");
        foreach (var claim in set.Claims) Write(text, claim);
        if (set.Plb is { } plb)
            text.Append(CultureInfo.InvariantCulture,
                $"PLB*1234567893*20261231*{plb.Reason}:{plb.Reference}*{Amount(plb.Cents)}~");
        var segments = text.ToString().Count(static c => c == '~') + 1;
        all.Append(text).Append(CultureInfo.InvariantCulture, $"SE*{segments}*{number:0000}~");
    }

    static void Write(StringBuilder text, PaidShot claim)
    {
        var sign = claim.IsReversal ? -1 : 1;
        text.Append(CultureInfo.InvariantCulture,
            $"CLP*{claim.Number}*{(claim.IsReversal ? "22" : claim.Status.ToString())}*{Amount(sign * 5_050)}"
                + $"*{Amount(claim.Paid)}*{PatientsOf(claim)}*12*{claim.Control}*11*1~"
                + $"NM1*QC*1*EXAMPLE*PAT****MI*{claim.Member}~");
        Line("96372", 3_800, claim.Shot, 1);
        Line("J3420:JZ", 1_250, claim.Drug, 2);

        void Line(string code, int charge, int paid, int ordinal)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"SVC*HC:{code}*{Amount(sign * charge)}*{Amount(sign * paid)}**1~DTM*472*{claim.Day}~");
            var own = ordinal == 1 ? claim.Coinsurance : 0;
            if (charge - own != paid)
                text.Append(CultureInfo.InvariantCulture,
                    $"CAS*CO*{(paid == 0 ? "197" : "45")}*{Amount(sign * (charge - own - paid))}~");
            if (own != 0) text.Append(CultureInfo.InvariantCulture, $"CAS*PR*2*{Amount(sign * own)}~");
            if (claim.LineControl.Length > 0)
                text.Append(CultureInfo.InvariantCulture, $"REF*6R*{claim.LineControl}-{ordinal}~");
            if (paid != 0)
                text.Append(CultureInfo.InvariantCulture, $"AMT*B6*{Amount(sign * (paid + own))}~");
        }
    }

    static string PatientsOf(PaidShot claim) =>
        claim.Coinsurance == 0 || claim.IsReversal ? "" : Amount(claim.Coinsurance);

    static string Amount(int cents) => (cents / 100m).ToString("0.##", CultureInfo.InvariantCulture);
}
