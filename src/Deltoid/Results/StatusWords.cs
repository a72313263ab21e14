using Deltoid.Rules;

namespace Deltoid.Results;

/// <summary>Statuses of claims (STC of a 277CA or 277) in words of our own, their codes after them.</summary>
static class StatusWords
{
    /// <summary><c>rejected, information is not valid: NPI of the rendering provider (A7 562, entity 82)</c>.</summary>
    /// <param name="withCategory">The words of the category go before those of the status.</param>
    public static string Of(string category, string status, string entity, bool withCategory)
    {
        var known = ResponseCodes.Shipped.Find(ResponseKind.Status, status);
        var group = ResponseCodes.Shipped.Words(ResponseKind.Category, category);
        var says = known?.Words(EntityOf(entity)) ?? (status.Length > 0 ? $"status {status}" : "");
        var words = !withCategory ? says : says.Length == 0 || says == group ? group : $"{group}: {says}";
        var owner = entity.Length == 0 ? "" : $", entity {entity}";
        return $"{words} {TextPage.Code($"({category} {status}{owner})")}";
    }

    static string EntityOf(string entity) =>
        entity.Length == 0 ? "" : ResponseCodes.Shipped.Find(ResponseKind.Entity, entity)?.Label ?? $"entity {entity}";
}
