namespace Deltoid.Values;

/// <summary>
/// What people write for a kind of payer, also by its name where the name says the kind. A company that sells several
/// kinds (Humana, Centene) is not among them: its kind is asked for.
/// </summary>
static class PayerWords
{
    const string Medicare = "medicare medicareb medicarepartb medicareffs mcr medicarefeeforservice originalmedicare "
        + "traditionalmedicare railroadmedicare medicarerailroad rrmedicare noridian novitas palmettogba firstcoast "
        + "nationalgovernmentservices cgsmedicare wpsmedicare";

    const string Advantage =
        "medicare-advantage ma medicarec medicarepartc mapd medicarereplacement medicareadvantageplan "
            + "medicarehmo medicareppo humanamedicare humanamedicareadvantage "
            + "humanagoldplus aetnamedicare aetnamedicareadvantage "
            + "uhcmedicare uhcmedicareadvantage unitedhealthcaremedicare "
            + "unitedhealthcaremedicareadvantage aarpmedicareadvantage "
            + "aarpmedicarecomplete uhcdualcomplete bcbsmedicareadvantage "
            + "bluecrossmedicareadvantage anthemmedicareadvantage "
            + "cignamedicare cignamedicareadvantage cignahealthspring "
            + "healthspring kaisersenioradvantage wellcaremedicare "
            + "devotedhealth cloverhealth alignmenthealth scanhealthplan";

    const string Medicaid =
        "medicaid mcd managedmedicaid medicaidmco medicaidhmo statemedicaid =medi-cal masshealth tenncare "
            + "ahcccs soonercare badgercare badgercareplus mainecare huskyhealth "
            + "denalicare applehealth healthfirstcolorado "
            + "hoosierhealthwise amerigroup nymedicaid texasmedicaid "
            + "floridamedicaid oregonhealthplan kancare mohealthnet";

    const string Commercial =
        "commercial private com bcbs ppo hmo pos epo hdhp commercialinsurance privateinsurance employer "
            + "exchange marketplace uhc unitedhealthcare unitedhealth aetna cigna "
            + "bluecrossblueshield bluecross blueshield anthem "
            + "anthembluecross anthembcbs kaiser kaiserpermanente oscar ambetter "
            + "highmark carefirst premera regence floridablue "
            + "horizonbcbs independencebluecross fep fepblue harvardpilgrim tuftshealthplan healthnet geha umr";

    const string Workers = "workers-comp wc workerscompensation workercompensation workcomp "
        + "workmanscomp workmenscompensation statefund";

    const string Military =
        "tricare tricareeast tricarewest tricareprime tricareselect tricareforlife humanamilitary triwest "
            + "va champva vaccn veteransaffairs champus";

    public static readonly Word<PayerKind>[] All =
    [
        new(PayerKind.Medicare, Medicare),
        new(PayerKind.MedicareAdvantage, Advantage),
        new(PayerKind.Medicaid, Medicaid),
        new(PayerKind.Commercial, Commercial),
        new(PayerKind.WorkersComp, Workers),
        new(PayerKind.Tricare, Military),
        new(PayerKind.SelfPay, "self-pay cash selfpay none uninsured patient noinsurance privatepay"),
    ];
}
