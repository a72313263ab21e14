using System.Collections.Frozen;
using System.Reflection;
using System.Text.RegularExpressions;
using Deltoid.Values;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;

namespace Deltoid.Web;

/// <summary>
/// What is asked of every form before its route sees it: it bears the token of its session, it has what the route
/// cannot do without, and it has no field that the route does not know.
/// </summary>
static partial class WholeForms
{
    const string Token = "__RequestVerificationToken";

    /// <summary>Fields that a route reads from the form as it came; those of its own parameters are known.</summary>
    public static T Takes<T>(this T route, params string[] names) where T : IEndpointConventionBuilder =>
        route.Takes(static (_, _) => false, names);

    /// <param name="isKnown">Whether the route of this address takes a field of this name.</param>
    public static T Takes<T>(this T route, Func<RouteValueDictionary, string, bool> isKnown, params string[] names)
        where T : IEndpointConventionBuilder => route.WithMetadata(new Taken(isKnown,
            names.ToFrozenSet(StringComparer.OrdinalIgnoreCase)));

    sealed record Taken(Func<RouteValueDictionary, string, bool> IsKnown, FrozenSet<string> Names);

    /// <summary>Refuses a form without its token, and one with a field that its route does not know.</summary>
    public static async Task Check(HttpContext context, Func<Task> next)
    {
        if (context.Features.Get<IAntiforgeryValidationFeature>() is { } token)
        {
            if (!token.IsValid)
            {
                context.Response.StatusCode = StatusCodes.Status400BadRequest;
                return;
            }
            var form = await context.Request.ReadFormAsync(context.RequestAborted);
            var names = form.Keys.Concat(form.Files.Select(static f => f.Name));
            if (Unknown(context.GetEndpoint()!, context.Request.RouteValues, names) is { } unknown)
                throw new InputException(unknown.Length > 60 ? unknown[..60] : unknown,
                    "this form has no such field, and nothing was changed",
                    "Load the page again, and send it once more.");
        }
        await next();
    }

    /// <summary>
    /// Every route that is mapped comes through here (<see cref="Access"/>). A form that has none of its fields is no
    /// request, instead of an error of the program.
    /// </summary>
    public static T WithWholeForms<T>(this T route) where T : IEndpointConventionBuilder =>
        route.WithMetadata(new RequireAntiforgeryTokenAttribute()).AddEndpointFilterFactory(static (made, next) =>
        {
            var forms = made.MethodInfo.GetParameters().Where(IsForm).Select(static p => p.Position).ToArray();
            return forms.Length == 0 ? next : asked => Array.Exists(forms, i => asked.Arguments[i] is null)
                ? new(TypedResults.BadRequest()) : next(asked);
        });

    /// <summary>The first of the names that the route does not know; null: it knows them all.</summary>
    internal static string? Unknown(Endpoint route, RouteValueDictionary values, IEnumerable<string> names)
    {
        var own = route.Metadata.GetMetadata<MethodInfo>()?.GetParameters().SelectMany(NamesOf)
            .ToHashSet(StringComparer.OrdinalIgnoreCase) ?? [];
        var taken = route.Metadata.GetOrderedMetadata<Taken>();
        return names.FirstOrDefault(name => name != Token && !own.Contains(Place().Replace(name, "[]"))
            && !taken.Any(t => t.Names.Contains(name) || t.IsKnown(values, name)));
    }

    static bool IsForm(ParameterInfo parameter) => parameter.ParameterType.IsClass
        && parameter.ParameterType != typeof(string) && parameter.IsDefined(typeof(FromFormAttribute), false);

    /// <summary>The fields that a parameter is made of; places in a list are left out of their names.</summary>
    static IEnumerable<string> NamesOf(ParameterInfo parameter) =>
        parameter.GetCustomAttribute<FromFormAttribute>() is not { } form ? []
        : IsForm(parameter) ? NamesOf(parameter.ParameterType, "") : [form.Name ?? parameter.Name!];

    static IEnumerable<string> NamesOf(Type type, string before) =>
        type.GetProperties().Where(static p => p.CanWrite).SelectMany(p =>
            p.PropertyType.IsGenericType && p.PropertyType.GetGenericTypeDefinition() == typeof(List<>)
                ? NamesOf(p.PropertyType.GetGenericArguments()[0], $"{before}{p.Name}[].") : [before + p.Name]);

    [GeneratedRegex(@"\[\d+\]")]
    private static partial Regex Place();
}
