namespace Deltoid.Values;

/// <summary>One setting of a payer as a row says it: for every payer (kind none), a kind, or one payer id, MAC or state of it.</summary>
public readonly record struct PayerSetting(PayerKind Kind, string Id, string Setting, string Value, DateRange Dates);
