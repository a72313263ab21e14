using System.Globalization;
using System.Text;

namespace Deltoid.Tests;

/// <summary>
/// Clean files of each set, with many kinds of segments, and ways to break them. All in them is made up.
/// </summary>
internal static class OneFaultFiles
{
    const string Professional = """
        ST*837*0001*005010X222A1
        BHT*0019*00*BATCH77*20260310*0815*CH
        NM1*41*2*NORTH CLINIC*****46*NORTHCLINIC
        PER*IC*BILLING DESK*TE*6125550144
        NM1*40*2*PAYER X*****46*PAYERX
        HL*1**20*1
        PRV*BI*PXC*207Q00000X
        NM1*85*2*NORTH CLINIC*****XX*1234567893
        N3*40 LAKE ROAD
        N4*DULUTH*MN*558021234
        REF*EI*411234567
        PER*IC*BILLING DESK*TE*6125550144
        NM1*87*2
        N3*41 LAKE ROAD
        N4*DULUTH*MN*558021234
        HL*2*1*22*0
        SBR*P*18*******CI
        NM1*IL*1*OLSEN*MARA****MI*ZX100200300
        N3*7 PINE ST
        N4*DULUTH*MN*55802
        DMG*D8*19610704*F
        NM1*PR*2*PAYER X*****PI*PAYERX
        N3*1 PLAN ST
        N4*DULUTH*MN*55802
        CLM*T1*150***11:B:1*Y*A*Y*Y
        DTP*431*D8*20260228
        PWK*OZ*BM***AC*ABC123
        AMT*F5*10
        REF*G1*AUTH77
        REF*EA*MRN5
        NTE*ADD*SEEN TODAY
        HI*ABK:E119*ABF:I10
        NM1*DN*1*REY*IDA****XX*1000000004
        NM1*82*1*REY*IDA****XX*1000000004
        PRV*PE*PXC*207Q00000X
        NM1*77*2*NORTH CLINIC WEST*****XX*1234567893
        N3*50 LAKE ROAD
        N4*DULUTH*MN*558021234
        LX*1
        SV1*HC:99213:25*92.5*UN*1***1:2
        DTP*472*D8*20260302
        REF*6R*T1-1
        NTE*ADD*LINE NOTE
        LX*2
        SV1*HC:J3420*57.5*UN*1***1
        DTP*472*D8*20260302
        REF*6R*T1-2
        LIN**N4*00517003125
        CTP****1*ML
        HL*3*1*22*1
        SBR*S********CI
        NM1*IL*1*OLSEN*MARA****MI*ZX100200300
        NM1*PR*2*PAYER X*****PI*PAYERX
        HL*4*3*23*0
        PAT*19
        NM1*QC*1*OLSEN*TIM
        N3*7 PINE ST
        N4*DULUTH*MN*55802
        DMG*D8*20150704*M
        CLM*T2*92.5***11:B:1*Y*A*Y*Y
        HI*ABK:E119
        SBR*P*18*******CI
        AMT*D*60
        OI***Y***Y
        NM1*IL*1*OLSEN*JON****MI*ZX100200301
        N3*7 PINE ST
        N4*DULUTH*MN*55802
        NM1*PR*2*OTHER PLAN*****PI*OTHER1
        N3*7 PLAN ST
        N4*DULUTH*MN*55802
        LX*1
        SV1*HC:99213*92.5*UN*1***1
        DTP*472*D8*20260302
        REF*6R*T2-1
        SVD*OTHER1*60*HC:99213**1
        CAS*CO*45*32.5
        DTP*573*D8*20260306
        """;

    const string Institutional = """
        ST*837*0001*005010X223A2
        BHT*0019*00*BATCH77*20260310*0815*CH
        NM1*41*2*NORTH CLINIC*****46*NORTHCLINIC
        PER*IC*BILLING DESK*TE*6125550144
        NM1*40*2*PAYER X*****46*PAYERX
        HL*1**20*1
        PRV*BI*PXC*282N00000X
        NM1*85*2*NORTH HOSPITAL*****XX*1234567893
        N3*40 LAKE ROAD
        N4*DULUTH*MN*558021234
        REF*EI*411234567
        HL*2*1*22*0
        SBR*P*18*******CI
        NM1*IL*1*OLSEN*MARA****MI*ZX100200300
        N3*7 PINE ST
        N4*DULUTH*MN*55802
        DMG*D8*19610704*F
        NM1*PR*2*PAYER X*****PI*PAYERX
        CLM*T1*150***13:A:1**A*Y*Y
        DTP*434*RD8*20260302-20260302
        CL1*3*1*01
        REF*EA*MRN5
        HI*ABK:E119
        HI*APR:R0602
        HI*ABF:I10
        NM1*71*1*REY*IDA****XX*1000000004
        PRV*AT*PXC*207Q00000X
        SBR*S*18*******CI
        CAS*PR*1*10
        AMT*D*140
        OI***Y***Y
        NM1*IL*1*OLSEN*JON****MI*ZX100200301
        N3*7 PINE ST
        N4*DULUTH*MN*55802
        NM1*PR*2*OTHER PLAN*****PI*OTHER1
        DTP*573*D8*20260306
        LX*1
        SV2*0510*HC:99213*92.5*UN*1
        DTP*472*D8*20260302
        REF*6R*T1-1
        LX*2
        SV2*0636*HC:J3420*57.5*UN*1
        DTP*472*D8*20260302
        LIN**N4*00517003125
        CTP****1*ML
        """;

    const string Remittance = """
        ST*835*0001
        BPR*I*100*C*ACH*CCP*01*999999992*DA*123456*1512345678**01*999988880*DA*98765*20260310
        TRN*1*12345*1512345678
        REF*EV*CLEARHOUSE
        DTM*405*20260309
        N1*PR*PAYER X
        N3*1 PLAN ST
        N4*DULUTH*MN*55802
        REF*2U*98765
        PER*CX*CLAIMS*TE*8005550100
        PER*BL*TECH*TE*8005550101
        N1*PE*NORTH CLINIC*XX*1234567893
        N3*40 LAKE ROAD
        N4*DULUTH*MN*558021234
        REF*TJ*411234567
        LX*1
        CLP*T1*1*150*100*10*12*ICN1*11*1
        NM1*QC*1*OLSEN*MARA****MI*ZX100200300
        NM1*82*1*REY*IDA****XX*1000000004
        REF*EA*MRN5
        DTM*232*20260302
        DTM*050*20260305
        AMT*AU*110
        SVC*HC:99213*92.5*60**1
        DTM*472*20260302
        CAS*CO*45*22.5
        CAS*PR*3*10
        REF*6R*T1-1
        AMT*B6*70
        LQ*HE*N130
        SVC*HC:J3420*57.5*40**1
        DTM*472*20260302
        CAS*CO*45*17.5
        REF*6R*T1-2
        AMT*B6*40
        """;

    const string Status = """
        ST*277*0001*005010X214
        BHT*0085*08*C1*20260310*0815*TH
        HL*1**20*1
        NM1*PR*2*PAYER X*****PI*PAYERX
        TRN*1*T100
        DTP*050*D8*20260310
        DTP*009*D8*20260310
        HL*2*1*21*1
        NM1*41*2*NORTH CLINIC*****46*NORTHCLINIC
        TRN*2*BATCH77
        STC*A1:19:PR*20260310*WQ*200
        QTY*90*1
        QTY*AA*1
        AMT*YU*150
        AMT*YY*50
        HL*3*2*19*1
        NM1*85*2*NORTH CLINIC*****XX*1234567893
        TRN*1*0
        STC*A1:19:PR**WQ*200
        QTY*QA*1
        QTY*QC*1
        AMT*YU*150
        AMT*YY*50
        HL*4*3*PT
        NM1*QC*1*OLSEN*MARA****MI*ZX100200300
        TRN*2*T1
        STC*A2:20:PR*20260310*WQ*150
        REF*1K*ICN1
        DTP*472*D8*20260302
        HL*5*3*PT
        NM1*QC*1*OLSEN*TIM****MI*ZX100200302
        TRN*2*T2
        STC*A3:21:PR*20260310*U*50
        REF*1K*ICN2
        DTP*472*D8*20260302
        SVC*HC:99213*50
        STC*A7:21**U
        REF*FJ*T2-1
        DTP*472*D8*20260302
        """;

    const string Acknowledgment = """
        ST*999*0001*005010X231A1
        AK1*HC*101*005010X222A1
        AK2*837*0001*005010X222A1
        IK3*NM1*12*2010*8
        CTX*CLM01:T1
        IK4*9*67*1
        IK3*REF*18**I6
        IK5*R*5
        AK2*837*0002*005010X222A1
        IK5*A
        AK2*837*0003*005010X222A1
        IK3*SV1*41*2400*8
        IK4*1:2*234*7*J0000
        IK5*R*5
        AK9*P*3*3*1
        """;

    const string Question = """
        ST*270*0001*005010X279A1
        BHT*0022*13*ASK1*20260310*0815
        HL*1**20*1
        NM1*PR*2*PAYER X*****PI*PAYERX
        HL*2*1*21*1
        NM1*1P*2*NORTH CLINIC*****XX*1234567893
        HL*3*2*22*0
        TRN*1*T1*9CLINIC001
        NM1*IL*1*OLSEN*MARA****MI*ZX100200300
        DMG*D8*19610704*F
        DTP*291*D8*20260310
        EQ*30
        HL*4*2*22*1
        NM1*IL*1*OLSEN*JON****MI*ZX100200301
        HL*5*4*23*0
        TRN*1*T2*9CLINIC001
        NM1*03*1*OLSEN*TIM
        DMG*D8*20150704*M
        DTP*291*D8*20260310
        EQ*30
        """;

    const string Benefits = """
        ST*271*0001*005010X279A1
        BHT*0022*11*ASK1*20260310*0815
        HL*1**20*1
        NM1*PR*2*PAYER X*****PI*PAYERX
        HL*2*1*21*1
        NM1*1P*2*NORTH CLINIC*****XX*1234567893
        HL*3*2*22*0
        TRN*2*T1*9CLINIC001
        NM1*IL*1*OLSEN*MARA****MI*ZX100200300
        N3*7 PINE ST
        N4*DULUTH*MN*55802
        DMG*D8*19610704*F
        DTP*346*D8*20260101
        EB*1**30**GOLD PLAN
        EB*B**98***27*20
        """;

    const string StatusQuestion = """
        ST*276*0001*005010X212
        BHT*0010*13*ASK1*20260310*0815
        HL*1**20*1
        NM1*PR*2*PAYER X*****PI*PAYERX
        HL*2*1*21*1
        NM1*41*2*NORTH CLINIC*****46*NORTHCLINIC
        HL*3*2*19*1
        NM1*1P*2*NORTH CLINIC*****XX*1234567893
        HL*4*3*22*0
        DMG*D8*19610704*F
        NM1*IL*1*OLSEN*MARA****MI*ZX100200300
        TRN*1*T1
        REF*1K*ICN1
        AMT*T3*150
        DTP*472*D8*20260302
        """;

    const string StatusAnswer = """
        ST*277*0001*005010X212
        BHT*0010*08*ASK1*20260310*0815*DG
        HL*1**20*1
        NM1*PR*2*PAYER X*****PI*PAYERX
        HL*2*1*21*1
        NM1*41*2*NORTH CLINIC*****46*NORTHCLINIC
        HL*3*2*19*1
        NM1*1P*2*NORTH CLINIC*****XX*1234567893
        HL*4*3*22*0
        NM1*IL*1*OLSEN*MARA****MI*ZX100200300
        TRN*2*T1
        STC*P1:20*20260310**150
        REF*1K*ICN1
        DTP*472*D8*20260302
        """;

    static readonly Dictionary<string, (string Group, string Version, string Text)> Sets = new()
    {
        ["837P"] = ("HC", "005010X222A1", Professional),
        ["837I"] = ("HC", "005010X223A2", Institutional),
        ["835"] = ("HP", "005010X221A1", Remittance),
        ["277CA"] = ("HN", "005010X214", Status),
        ["999"] = ("FA", "005010X231A1", Acknowledgment),
        ["270"] = ("HS", "005010X279A1", Question),
        ["271"] = ("HB", "005010X279A1", Benefits),
        ["276"] = ("HR", "005010X212", StatusQuestion),
        ["277"] = ("HN", "005010X212", StatusAnswer),
    };

    /// <summary>The segments of a set, without SE.</summary>
    public static string[] Segments(string set) => Sets[set].Text.Split('\n', StringSplitOptions.TrimEntries);

    /// <summary>The segments with one change at one of them.</summary>
    public static string[] Changed(string[] segments, string change, int at)
    {
        var changed = segments.ToList();
        var own = changed[at];
        switch (change)
        {
            case "delete": changed.RemoveAt(at); break;
            case "repeat": changed.Insert(at, own); break;
            case "swap": (changed[at], changed[at + 1]) = (changed[at + 1], own); break;
            case "rename": changed[at] = "QZ" + own[own.IndexOf('*', StringComparison.Ordinal)..]; break;
            case "joined": changed[at] = own.Remove(own.IndexOf('*', StringComparison.Ordinal), 1); break;
            case "doubled": changed[at] = own + "~"; break;
            case "later3":
                changed.RemoveAt(at);
                changed.Insert(at + 3, own);
                break;
            default: throw new ArgumentException(change, nameof(change));
        }
        return [.. changed];
    }

    public static string Text(string set, string[] segments)
    {
        var (group, version, _) = Sets[set];
        var text = new StringBuilder("ISA*00*          *00*          *ZZ*NORTHCLINIC    *ZZ*PAYERX      "
            + "   *260310*0815*^*00501*000000001*0*T*:~");
        text.Append(CultureInfo.InvariantCulture, $"GS*{group}*NORTHCLINIC*PAYERX*20260310*0815*101*X*{version}~");
        foreach (var segment in segments) text.Append(segment).Append('~');
        return text.Append(CultureInfo.InvariantCulture, $"SE*{segments.Length + 1}*0001~GE*1*101~IEA*1*000000001~")
            .ToString();
    }

    public static byte[] Bytes(string set, string[] segments) => Encoding.ASCII.GetBytes(Text(set, segments));
}
