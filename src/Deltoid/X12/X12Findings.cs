using Deltoid.Findings;

namespace Deltoid.X12;

/// <summary>
/// The kinds of findings about X12, whoever of the readers makes them. Which row of a guide was broken stands in the finding's first
/// argument, the segment's name in the second, the loop in the third, a count or limit in the fourth.
/// </summary>
public static class X12Findings
{
    static FindingInfo Error(string id, string name, string section, string message, string fix, Outcome outcome = Outcome.Rejection) =>
        new(id, name, Severity.Error, outcome, new(Authority.Regulation, section), message, "FE-SET", new(FixSafety.DisplayOnly, fix));

    static FindingInfo Note(string id, string name, Severity severity, string section, string message, string fix) =>
        new(id, name, severity, Outcome.None, new(Authority.CodeSet, section), message, "FE-SET", new(FixSafety.DisplayOnly, fix));

    const string Control = "ASC X12.5 and X12.6, 005010; 45 CFR 162.1002", Guide = "45 CFR 162.1102 and 162.1602; the implementation guide";

    /// <summary>The interchange.</summary>
    public static readonly FindingInfo
        NoInterchange = Error("X120001", "no-interchange", Control, "no ISA segment is here", "Give a file that begins with ISA"),
        IsaMalformed = Error("X120002", "isa-malformed", Control, "the ISA segment is not 106 characters of 16 elements", "Pad each element of ISA to its length"),
        SeparatorsClash = Error("X120003", "separators-clash", Control, "two separators are alike, or one is a letter, digit or blank", "Use four different signs that no data has"),
        NoIea = Error("X120005", "interchange-not-closed", Control, "the interchange ends without IEA", "Close it with IEA; the file may be cut off"),
        InterchangeControl = Error("X120006", "interchange-control-differs", Control, "IEA02 is not ISA13", "Repeat ISA13 in IEA02"),
        GroupCount = Error("X120007", "group-count", Control, "IEA01 is {3}, and the interchange has another number of groups", "Count the GS segments"),
        AfterInterchange = Error("X120008", "text-outside-interchange", Control, "text is outside an interchange; it is passed over", "Remove it"),
        InterchangeAgain = Error("X120009", "interchange-control-repeated", Control, "an earlier interchange of this file has the same ISA13 from the same sender", "Give each interchange a number of its own"),
        LineEndInside = Note("X120011", "line-end-inside", Severity.Warning, Control, "line ends are inside segments; they are left out", "Break lines after segments only");

    /// <summary>Functional groups.</summary>
    public static readonly FindingInfo
        UnknownGroup = Error("X120020", "functional-identifier", Control, "GS01 does not name the sets that are in the group", "837 go in HC, 835 in HP, 277 in HN, 999 in FA"),
        GroupVersion = Error("X120021", "group-version", Control, "GS08 names another guide than the sets of the group", "Name the same guide in GS08 and ST03"),
        NoGe = Error("X120022", "group-not-closed", Control, "the group ends without GE", "Close it with GE"),
        GroupControl = Error("X120023", "group-control-differs", Control, "GE02 is not GS06", "Repeat GS06 in GE02"),
        SetCount = Error("X120024", "set-count", Control, "GE01 is {3}, and the group has another number of sets", "Count the ST segments"),
        GroupAgain = Error("X120025", "group-control-repeated", Control, "an earlier group of this interchange has the same GS06", "Give each group a number of its own"),
        OutsideGroup = Error("X120027", "segment-outside-group", Control, "{1} is where no group or set is open; it is passed over", "Open a group with GS and a set with ST");

    /// <summary>Transaction sets.</summary>
    public static readonly FindingInfo
        NotSupported = Error("X120030", "set-not-supported", Guide, "this transaction set is not read here; these are: 837P, 837I, 835, 277CA, 999", "Send it to a tool for that set", Outcome.None),
        OtherAddenda = Note("X120031", "other-addenda", Severity.Info, Guide, "the guide is named with addenda that are not in force; it is read as if they were", "Name the version of the trading partner's guide"),
        NoSe = Error("X120032", "set-not-closed", Control, "the set ends without SE", "Close it with SE; the file may be cut off"),
        SetControl = Error("X120033", "set-control-differs", Control, "SE02 is not ST02", "Repeat ST02 in SE02"),
        SegmentCount = Error("X120034", "segment-count", Control, "SE01 is {3}, and the set has another number of segments", "Count from ST to SE, both included"),
        SetAgain = Error("X120035", "set-control-repeated", Control, "an earlier set of this group has the same ST02", "Give each set a number of its own");

    /// <summary>Segments and loops.</summary>
    public static readonly FindingInfo
        UnknownSegment = Error("X120040", "segment-unknown", Guide, "{1} is not a segment of the standard that is known here", "Remove it"),
        SegmentNotInSet = Error("X120041", "segment-not-in-set", Guide, "{1} has no place in this set", "Remove it"),
        UnexpectedSegment = Error("X120042", "segment-unexpected", Guide, "{1} has no place here", "Move it to the loop it belongs to, or remove it"),
        SegmentMissing = Error("X120043", "segment-missing", Guide, "{1} ({0}) is missing in loop {2}", "Add it"),
        LoopMissing = Error("X120044", "loop-missing", Guide, "loop {2} ({0}) is missing", "Add it"),
        TooManySegments = Error("X120045", "segment-too-often", Guide, "{1} ({0}) is more than {3} times in loop {2}", "Remove the extra ones"),
        TooManyLoops = Error("X120046", "loop-too-often", Guide, "loop {2} ({0}) is there more than {3} times", "Remove or split the extra ones"),
        OutOfSequence = Error("X120047", "segment-out-of-sequence", Guide, "{1} ({0}) is after segments that it must come before", "Put it in the order of the guide"),
        BadSegmentName = Error("X120048", "segment-name", Control, "a segment has no name of two or three letters or digits", "Look for a separator too many"),
        SegmentCut = Error("X120049", "segment-cut", Control, "the text ends inside a segment", "Send the whole file"),
        EmptySegment = Error("X120050", "segment-empty", Control, "{1} has no elements", "Remove it or fill it"),
        TrailingSeparators = Note("X120051", "trailing-separators", Severity.Info, Control, "{1} ends with separators that separate nothing", "Leave them out"),
        SegmentAsked = Error("X120052", "segment-asked-for", Guide, "{1} is missing: {0}", "Add it"),
        LoopAsked = Error("X120054", "loop-asked-for", Guide, "loop {2} ({1}) is missing: {0}", "Add it"),
        SegmentBarred = Error("X120053", "segment-barred", Guide, "{1} is not allowed here: {0}", "Remove it");

    /// <summary>Elements.</summary>
    public static readonly FindingInfo
        ElementMissing = Error("X120060", "element-missing", Guide, "{1}{at} ({0}) is missing", "Fill it"),
        ElementNotUsed = Error("X120061", "element-not-used", Guide, "{1}{at} holds a value that the guide does not use", "Leave it empty"),
        TooManyElements = Error("X120062", "elements-too-many", Guide, "{1} has more than {3} elements", "Remove the extra ones"),
        TooManyComponents = Error("X120063", "components-too-many", Guide, "{1}{at} has more than {3} components", "Remove the extra ones"),
        TooManyRepeats = Error("X120064", "repetitions-too-many", Guide, "{1}{at} is repeated more than {3} times", "Remove the extra ones"),
        TooShort = Error("X120065", "element-too-short", Guide, "{1}{at} ({0}) has fewer than {3} characters", "Write it in full"),
        TooLong = Error("X120066", "element-too-long", Guide, "{1}{at} ({0}) has more than {3} characters", "Shorten it"),
        BadCharacter = Error("X120067", "element-character", Guide, "{1}{at} ({0}) holds a character that is not allowed", "Use letters, digits and plain signs"),
        NotANumber = Error("X120068", "element-not-a-number", Guide, "{1}{at} ({0}) is not a number as X12 writes it", "Write digits, a point only before decimals, a minus before"),
        BadCode = Error("X120069", "code-not-in-guide", Guide, "{1}{at} ({0}) holds a code that the guide does not take there", "Use a code of the guide"),
        BadDate = Error("X120070", "date-not-valid", Guide, "{1}{at} ({0}) is not a day or span in its stated format", "Write CCYYMMDD, a span CCYYMMDD-CCYYMMDD"),
        BadTime = Error("X120071", "time-not-valid", Guide, "{1}{at} ({0}) is not a time of day", "Write HHMM"),
        BadPattern = Error("X120072", "form-not-valid", Guide, "{1}{at} ({0}) does not have the required form", "Correct it"),
        PairMissing = Error("X120073", "companion-missing", Guide, "{1}{at} is missing: elements of {1} that belong together are not all there", "Fill it, or leave its companions empty"),
        Excludes = Error("X120074", "exclusive-elements", Guide, "{1}{at} and another element of {1} must not both be filled", "Leave one empty"),
        ElementAsked = Error("X120075", "element-asked-for", Guide, "{1}{at} is missing: {0}", "Fill it"),
        ElementBarred = Error("X120076", "element-barred", Guide, "{1}{at} must be empty: {0}", "Leave it empty"),
        CodeBarred = Error("X120077", "code-barred", Guide, "{1}{at} does not hold the required value: {0}", "Correct it"),
        OuterBlanks = Note("X120078", "blanks-around", Severity.Info, Control, "{1}{at} ({0}) begins or ends with blanks", "Leave them out"),
        PastLimit = Error("X120079", "past-limit", Control, "{1} is longer than the limit: {3} bytes", "Look for a missing terminator");

    /// <summary>What segments of a claim say of each other.</summary>
    public static readonly FindingInfo
        LevelNumber = Error("X120080", "level-number", Guide, "HL01 is not one more than the number of the level before", "Number the levels of a set from 1"),
        LevelParent = Error("X120081", "level-parent", Guide, "HL02 does not name the level that this one belongs to", "Write the number of the billing provider's or subscriber's level"),
        LineNumber = Error("X120082", "line-number", Guide, "LX01 is not {3}, the number of the line in its claim", "Number the lines of a claim from 1"),
        ClaimTotal = Error("X120083", "claim-total", Guide, "CLM02 is not the sum of the line charges, {3}", "Correct the amount that is wrong"),
        NoSuchDiagnosis = Error("X120084", "diagnosis-pointer", Guide, "{1}{at} points to a diagnosis that the claim does not have", "Point to a diagnosis of the HI segment"),
        OtherPayerClaim = Error("X120085", "other-payer-claim-balance", Guide, "what the other payer paid and adjusted is not the claim's charge: {3} is left over", "Report the other payer's remittance as it is"),
        OtherPayerLine = Error("X120086", "other-payer-line-balance", Guide, "what the other payer paid and adjusted is not the line's charge: {3} is left over", "Report the other payer's remittance as it is"),
        TooPrecise = Error("X120089", "number-too-precise", Guide, "{1}{at} ({0}) has more than {3} digits after the point", "Round it"),
        Gap = Error("X120090", "place-left-empty", Guide, "{1}{at} is empty, but a later entry of its list is not", "Move the later entries up"),
        SaidTwice = Error("X120091", "said-twice", Guide, "{1}{at} ({0}) repeats an earlier one", "Leave one out, or correct the code"),
        CodeVersions = Error("X120092", "code-versions", Guide, "{1}{at} names the wrong version of ICD for the day of service or the claim's first diagnosis", "Use ICD-10 (qualifiers that begin with A) for services from 2015-10-01 on, ICD-9 before"),
        PayerUnknown = Error("X120093", "payer-not-named", Guide, "SVD01 is not the id of another payer of the claim (loop 2330B)", "Repeat the id of loop 2330B"),
        PaidDay = Error("X120094", "other-payer-day", Guide, "the day on which the other payer decided (DTP 573) is there {3} times; it belongs once on the claim, or once on each line that it decided", "Give it in one of the two places"),
        PaidAmount = Error("X120095", "other-payer-paid", Guide, "a line has the other payer's decision, but the claim does not have its total payment (AMT D)", "Add AMT D to loop 2320"),
        NotCovered = Error("X120096", "other-payer-not-covered", Guide, "AMT A8 is not the claim's charge", "Write the charge, or report what the payer did"),
        OwedTwice = Error("X120097", "left-to-patient-twice", Guide, "what is left to the patient (AMT EAF) is on the claim and on its lines", "Give it in one of the two places"),
        DaysContradict = Error("X120098", "days-contradict", Guide, "{1}{at} ({0}) does not fit the other days of the claim", "Correct the day that is wrong"),
        AmountNegative = Error("X120099", "amount-negative", Guide, "{1}{at} ({0}) is less than 0", "Correct it"),
        OfficeBox = Note("X120160", "post-office-box", Severity.Warning, Guide, "the billing provider's address is a post office box; payers want the street, and the box in loop 2010AB", "Give the street"),
        ControlAgain = Error("X120087", "line-control-repeated", Guide, "an earlier line of the claim has the same REF 6R", "Give each line a number of its own"),
        SpanBackward = Error("X120088", "span-backward", Guide, "{1}{at}: the span ends before it begins", "Correct the dates");

    /// <summary>Ids of kinds that are told no more.</summary>
    public static string[] Retired { get; } = ["X120004", "X120010", "X120026", "X120036", "X120111", "X120118"];

    /// <summary>All of them, in the order of their ids.</summary>
    public static FindingInfo[] All { get; } =
    [
        NoInterchange, IsaMalformed, SeparatorsClash, NoIea, InterchangeControl, GroupCount, AfterInterchange, InterchangeAgain, LineEndInside,
        UnknownGroup, GroupVersion, NoGe, GroupControl, SetCount, GroupAgain, OutsideGroup, NotSupported, OtherAddenda, NoSe, SetControl, SegmentCount, SetAgain,
        UnknownSegment, SegmentNotInSet, UnexpectedSegment, SegmentMissing, LoopMissing, TooManySegments, TooManyLoops,
        OutOfSequence, BadSegmentName, SegmentCut, EmptySegment, TrailingSeparators, SegmentAsked, SegmentBarred,
        LoopAsked,
        ElementMissing, ElementNotUsed, TooManyElements, TooManyComponents, TooManyRepeats, TooShort, TooLong,
        BadCharacter, NotANumber, BadCode, BadDate, BadTime, BadPattern, PairMissing, Excludes, ElementAsked,
        ElementBarred,
        CodeBarred, OuterBlanks, PastLimit, LevelNumber, LevelParent, LineNumber, ClaimTotal, NoSuchDiagnosis, OtherPayerClaim, OtherPayerLine, ControlAgain, SpanBackward,
        TooPrecise, Gap, SaidTwice, CodeVersions, PayerUnknown, PaidDay, PaidAmount, NotCovered, OwedTwice, DaysContradict, AmountNegative, OfficeBox,
    ];
}
