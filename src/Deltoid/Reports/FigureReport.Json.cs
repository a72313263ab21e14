using System.Text.Json;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Reports;

/// <summary>The figures as JSON.</summary>
internal sealed partial class FigureReport
{
    public void Write(Utf8JsonWriter json, IEnumerable<Action<Utf8JsonWriter>> refused)
    {
        json.WriteStartObject();
        json.WriteString("deltoid"u8, ResultJson.Version);
        json.WriteString("codeBook"u8, book.Version);
        json.WriteNumber("claimsSent"u8, figures.Cohort.Claims.Count);
        json.WriteNumber("answers"u8, figures.Cohort.Payments.Count);
        if (figures.AsOf != default) json.WriteString("asOf"u8, figures.AsOf.Iso());
        WriteToDo(json);
        json.WriteStartArray("figures"u8);
        foreach (var figure in all) Write(figure, json);
        json.WriteEndArray();
        json.WriteStartArray("errors"u8);
        foreach (var write in refused) write(json);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    void WriteToDo(Utf8JsonWriter json)
    {
        json.WriteStartArray("toDo"u8);
        foreach (var work in figures.ToDo.All)
        {
            json.WriteStartObject();
            json.WriteString("what"u8, work.What);
            json.WriteString("do"u8, work.Do);
            json.WriteNumber("claims"u8, work.Claims);
            BookWords.Amount("amount"u8, work.Amount, json);
            if (work.Due is { } due) json.WriteString("earliestDeadline"u8, due.Iso());
            else json.WriteNull("earliestDeadline"u8);
            json.WriteNumber("claimsPastTheirDeadline"u8, work.Late);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    void Write(Figure figure, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("measure"u8, figure.Measure.Id);
        json.WriteString("name"u8, figure.Measure.Name);
        if (figure.By.Length > 0)
        {
            json.WriteString("by"u8, figure.By);
            json.WriteString("key"u8, figure.Key);
            if (figures.NameOf(figure.By, figure.Key) is { Length: > 0 } name) json.WriteString("keyName"u8, name);
        }
        json.WriteString("formula"u8, figure.Measure.Formula);
        json.WriteString("numeratorIs"u8, figure.Measure.Numerator);
        json.WriteString("denominatorIs"u8, figure.Measure.Denominator);
        json.WriteString("dateBasis"u8, figure.Measure.Basis);
        json.WriteString("leftOut"u8, figure.Measure.Exclusions);
        json.WriteNumber("n"u8, figure.Count.Of);
        if (!figure.IsShown) json.WriteString("suppressed"u8, "fewer than 10");
        else WriteValue(figure, json);
        json.WriteEndObject();
    }

    static void WriteValue(Figure figure, Utf8JsonWriter json)
    {
        if (figure.Value is { } value) json.WriteNumber("value"u8, decimal.Round(value, 4));
        else json.WriteNull("value"u8);
        if (figure.Part is { } part)
        {
            BookWords.Amount("numerator"u8, part, json);
            if (figure.Whole is { } whole) BookWords.Amount("denominator"u8, whole, json);
        }
        else if (figure.Days is null)
        {
            json.WriteNumber("numerator"u8, figure.Count.Hits);
            json.WriteNumber("denominator"u8, figure.Count.Of);
            json.WriteNumber("low"u8, decimal.Round(figure.Count.Interval.Low, 4));
            json.WriteNumber("high"u8, decimal.Round(figure.Count.Interval.High, 4));
        }
    }
}
