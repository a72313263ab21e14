using System.Globalization;
using System.Text;

namespace Deltoid.Web.Tests;

/// <summary>837 files of B12 shots (38.00 and 12.50), as another program sent them.</summary>
static class ClaimsFiles
{
    /// <param name="prefix">Claims are numbered from 1 after it.</param>
    /// <param name="frequency">1 original, 7 corrected, 8 void.</param>
    public static byte[] Write(int control, string prefix, int count, char frequency = '1', string charge = "12.5")
    {
        var total = (38m + decimal.Parse(charge, CultureInfo.InvariantCulture))
            .ToString("0.##", CultureInfo.InvariantCulture);
        var text = new StringBuilder();
        text.Append("ST*837*0001*005010X222A1~BHT*0019*00*1*20260305*0930*CH~NM1*41*2*OAK STREET MEDICINE*****46*OAK~"
            + "PER*IC*BILLING*TE*3125550100~NM1*40*2*PAYER*****46*PAYER~HL*1**20*1~PRV*BI*PXC*207R00000X~"
            + "NM1*85*2*OAK STREET MEDICINE*****XX*1234567893~N3*210 OAK STREET~N4*SPRINGFIELD*IL*627041234~"
            + "REF*EI*123456789~");
        for (var number = 1; number <= count; number++)
        {
            var reference = frequency == '1' ? "" : $"REF*F8*ICN{prefix}{number}~";
            text.Append(CultureInfo.InvariantCulture,
                $"HL*{number + 1}*1*22*0~SBR*P*18*******CI~NM1*IL*1*FIELD{number % 7}*ALAN****MI*M{number:000000}~"
                    + $"N3*1 FIRST ST~N4*PEORIA*IL*61602~DMG*D8*19500131*M~NM1*PR*2*PAYER*****PI*PAYER~"
                    + $"CLM*{prefix}{number}*{total}***11:B:{frequency}*Y*A*Y*Y~{reference}HI*ABK:D510~"
                    + $"NM1*82*1*REED*ANNA****XX*1234567893~"
                    + $"LX*1~SV1*HC:96372*38*UN*1***1~DTP*472*D8*20260302~REF*6R*{number}A1~"
                    + $"LX*2~SV1*HC:J3420:JZ*{charge}*UN*1***1~DTP*472*D8*20260302~REF*6R*{prefix}{number}-2~"
                    + $"LIN**N4*00517003125~CTP****1*ML~");
        }
        var segments = text.ToString().Count(static c => c == '~') + 1;
        return Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"ISA*00*          *00*          *ZZ*OAK            *ZZ*PAYER          *260305*0930*^*00501*"
                + $"{control:000000000}*0*P*:~GS*HC*OAK*PAYER*20260305*0930*{control}*X*005010X222A1~{text}"
                + $"SE*{segments}*0001~GE*1*{control}~IEA*1*{control:000000000}~"));
    }
}
