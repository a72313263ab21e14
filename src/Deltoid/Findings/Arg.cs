using System.Runtime.InteropServices;
using Deltoid.Values;

namespace Deltoid.Findings;

#pragma warning disable CS1591 // the names say it
/// <summary>What an argument is.</summary>
public enum ArgKind
    : byte { None, Code, Diagnosis, Modifier, Date, Quantity, Money, Count, Minutes, Amount, Drug, DrugClass, Route,
        Container, Purpose, Source, Place, PayerKind, Element, Field, Words, Row, Segment, Loop, Trigger, Tables, Set,
        Fault, Remedy, Codes }
#pragma warning restore CS1591

/// <summary>Tables of a code book, as far as one may be missing for a day.</summary>
[Flags]
internal enum BookTables : byte { None = 0, Diagnoses = 1, UnitLimits = 2, DrugPrices = 4, Pairs = 8 }

/// <summary>
/// One argument of a finding or a trace: a code, a modifier, a day, a quantity, money, a count, or a word of a closed
/// vocabulary. It cannot hold a text.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Arg(ArgKind Kind, long Value, byte Extra = 0)
{
    /// <summary>A CPT or HCPCS code.</summary>
    public static Arg Of(Code code) => new(ArgKind.Code, (long)code.Packed);

    /// <summary>An ICD-10-CM code.</summary>
    public static Arg Diagnosis(Code code) => new(ArgKind.Diagnosis, (long)code.Packed);

    /// <summary>A modifier.</summary>
    public static Arg Of(Modifier modifier) => new(ArgKind.Modifier, modifier.Packed);

    /// <summary>A day.</summary>
    public static Arg Of(DateOnly date) => new(ArgKind.Date, date.DayNumber);

    /// <summary>A number of units.</summary>
    public static Arg Of(Quantity quantity) => new(ArgKind.Quantity, quantity.Thousandths);

    /// <summary>An amount of money.</summary>
    public static Arg Of(Money money) => new(ArgKind.Money, money.Cents);

    /// <summary>A whole number.</summary>
    public static Arg Count(long count) => new(ArgKind.Count, count);

    /// <summary>A length of time.</summary>
    public static Arg Minutes(int minutes) => new(ArgKind.Minutes, minutes);

    /// <summary>An amount of drug, to a millionth of its unit.</summary>
    internal static Arg Of(Amount amount) =>
        new(ArgKind.Amount,
            decimal.ToInt64(decimal.Truncate(decimal.Clamp(amount.Value, -9_000_000_000_000m, 9_000_000_000_000m)
                * 1_000_000m)), (byte)amount.Unit);

    /// <summary>A drug of the code book, by its index there.</summary>
    public static Arg Drug(int index) => new(ArgKind.Drug, index);

    /// <summary>A class of drugs.</summary>
    public static Arg Class(byte drugClass) => new(ArgKind.DrugClass, drugClass);

    internal static Arg Of(Route route) => new(ArgKind.Route, (long)route);

    internal static Arg Of(ContainerKind container) => new(ArgKind.Container, (long)container);

    internal static Arg Of(Purpose purpose) => new(ArgKind.Purpose, (long)purpose);

    internal static Arg Of(DrugSource source) => new(ArgKind.Source, (long)source);

    /// <summary>A kind of payer.</summary>
    public static Arg Of(PayerKind kind) => new(ArgKind.PayerKind, (long)kind);

    /// <summary>A place of service.</summary>
    public static Arg Place(Code place) => new(ArgKind.Place, (long)place.Packed);

    /// <summary>An element of the documentation checklist, D-01 to D-37.</summary>
    public static Arg Element(int number) => new(ArgKind.Element, number);

    /// <summary>A row of an X12 guide's table, by the guide's letter and the row's number: X12P0103.</summary>
    public static Arg Row(char guide, int number) => new(ArgKind.Row, number, (byte)guide);

    /// <summary>The name of an X12 segment, packed.</summary>
    // eight characters as they stand
    public static Arg Segment(ulong name) => new(ArgKind.Segment, unchecked((long)name));

    /// <summary>A loop of an X12 guide, by the guide's letter and its index there.</summary>
    public static Arg Loop(char guide, int index) => new(ArgKind.Loop, index, (byte)guide);

    /// <summary>
    /// What asked for a segment or element: a segment of a guide (its index there), its ordinal from ST = 1, the
    /// element and component.
    /// </summary>
    public static Arg Trigger(char guide, int segment, int ordinal, int element, int component) =>
        new(ArgKind.Trigger, ((long)ordinal << 32) | ((long)segment << 16) | ((long)element << 8) | (uint)component,
                (byte)guide);

    /// <summary>What <see cref="Trigger"/> was made of.</summary>
    public (int Ordinal, int Segment, int Element, int Component) AsTrigger =>
        ((int)(Value >> 32), (int)(Value >> 16 & 0xFFFF), (int)(Value >> 8 & 0xFF), (int)(Value & 0xFF));

    /// <summary>Tables of the code book, all named.</summary>
    internal static Arg Of(BookTables tables) => new(ArgKind.Tables, (long)tables);

    /// <summary>A field, by its JSON name.</summary>
    public static Arg Of(Field field) => new(ArgKind.Field, (long)field);

    /// <summary>The words a field takes, by the field: a message lists them.</summary>
    public static Arg WordsOf(Field field) => new(ArgKind.Words, (long)field);
}
