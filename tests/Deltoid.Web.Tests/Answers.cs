using System.Globalization;
using System.Text;

namespace Deltoid.Web.Tests;

/// <summary>Acknowledgments of a file that left, as payers write them.</summary>
static class Answers
{
    const string Isa = "ISA*00*          *00*          *ZZ*PAYER          *ZZ*CLINIC         "
        + "*260405*0930*^*00501*000000901*0*P*:~";

    public static byte[] Interchange(int control, char verdict) => Bytes(FormattableString.Invariant(
        $"{Isa}TA1*{control:000000000}*260406*1500*{verdict}*{(verdict == 'A' ? "000" : "006")}~IEA*0*000000901~"));

    /// <param name="verdict">A, E or R of its one set; E and R name the first claim's total.</param>
    public static byte[] Acknowledgment(int control, char verdict)
    {
        var set = $"ST*999*0001*005010X231A1~AK1*HC*{control}*005010X222A1~AK2*837*0001*005010X222A1~"
            + (verdict == 'A' ? "IK5*A~" : "IK3*CLM*22*2300*8~CTX*CLM01:C000001~IK4*2*782*6~"
                + $"IK5*{verdict}*5~")
            + $"AK9*{verdict}*1*1*{(verdict == 'R' ? 0 : 1)}~";
        return Group("FA", "005010X231A1", set);
    }

    /// <summary>A 277CA that says something of each claim.</summary>
    public static byte[] Status(int batch, params (string Number, string Status, string Action)[] claims)
    {
        var set = new StringBuilder("ST*277*0001*005010X214~BHT*0085*08*1*20260406*0930*TH~HL*1**20*1~"
            + "NM1*PR*2*PAYER*****PI*PAYER~TRN*1*R1~DTP*050*D8*20260406~DTP*009*D8*20260406~HL*2*1*21*1~"
            + $"NM1*41*2*SAMPLE STREET CLINIC*****46*123456789~TRN*2*{batch}~STC*A1:19:PR*20260406*WQ*101~"
            + "HL*3*2*19*1~NM1*85*2*SAMPLE STREET CLINIC*****XX*1234567893~");
        var level = 4;
        foreach (var (number, status, action) in claims)
            set.Append(CultureInfo.InvariantCulture,
                $"HL*{level++}*3*PT~NM1*QC*1*EXAMPLE*PAT****MI*1EG4TE5MK73~TRN*2*{number}~"
                    + $"STC*{status}*20260406*{action}*50.5~DTP*472*D8*20260302~");
        return Group("HN", "005010X214", set.ToString());
    }

    static byte[] Group(string kind, string version, string set)
    {
        var segments = set.Count(static c => c == '~') + 1;
        return Bytes($"{Isa}GS*{kind}*PAYER*CLINIC*20260406*0930*901*X*{version}~{set}SE*{segments}*0001~GE*1*901~"
            + "IEA*1*000000901~");
    }

    static byte[] Bytes(string text) => Encoding.ASCII.GetBytes(text);
}
