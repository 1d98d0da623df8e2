using System.Data.Common;
using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MsaAspire.ServiceDefaults;

/// <summary>Errors as RFC 9457 problem details whose <c>type</c> is stable, so that a client can branch on it.</summary>
public static class Problems
{
    private const string Prefix = "urn:msa-aspire:problem:", InvalidType = Prefix + "invalid-request", InvalidTitle = "The request is not valid.";

    /// <summary>An error of the service's own rules, such as <c>unknown-product</c>.</summary>
    /// <param name="type">The last part of the type URN; never changes once published.</param>
    /// <param name="status">The HTTP status code.</param>
    /// <param name="title">The same for every occurrence of this type.</param>
    /// <param name="detail">What is wrong with this request and how to fix it.</param>
    public static ProblemHttpResult Problem(string type, int status, string title, string detail) =>
        TypedResults.Problem(detail, statusCode: status, title: title, type: Prefix + type);

    /// <summary>A request that fails validation, with the messages by field.</summary>
    public static ProblemHttpResult Invalid(IDictionary<string, string[]> errors) =>
        TypedResults.Problem(new HttpValidationProblemDetails(errors)
        {
            Status = StatusCodes.Status400BadRequest,
            Title = InvalidTitle,
            Type = InvalidType,
        });

    internal static void AddShopProblemDetails(this IServiceCollection services)
    {
        // An unreadable body throws in every environment, so that the client gets the reason.
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.Configure<ExceptionHandlerOptions>(handler =>
        {
            handler.StatusCodeSelector = StatusOf;
            handler.SuppressDiagnosticsCallback = context =>
                context.Exception is BadHttpRequestException || context.ExceptionHandledBy == ExceptionHandledType.ExceptionHandlerService;
        });
        services.AddExceptionHandler<UnreadableRequests>();
        services.AddProblemDetails(options => options.CustomizeProblemDetails = Customize);
    }

    private static int StatusOf(Exception exception) => exception switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        TimeoutException or DbException { IsTransient: true } => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    private static void Customize(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        problem.Extensions["traceId"] = Activity.Current?.TraceId.ToHexString() ?? context.HttpContext.TraceIdentifier;
        if (problem.Type?.StartsWith(Prefix, StringComparison.Ordinal) == true)
            return;
        if (problem is HttpValidationProblemDetails invalid)
        {
            (invalid.Type, invalid.Title) = (InvalidType, InvalidTitle);
            invalid.Errors = invalid.Errors.ToDictionary(e => FieldOf(e.Key, context.HttpContext), e => e.Value);
            return;
        }

        problem.Type = Prefix + TypeOf(problem.Status ?? context.HttpContext.Response.StatusCode);
        if (context.Exception is BadHttpRequestException bad)
        {
            problem.Detail = bad.InnerException is JsonException json
                ? $"The body is not valid JSON for this request: see {json.Path ?? "$"}, line {json.LineNumber + 1}, byte {json.BytePositionInLine}."
                : bad.Message;
        }

        problem.Detail ??= problem.Status switch
        {
            StatusCodes.Status400BadRequest => "The request cannot be read. Send it as the description of this address says.",
            StatusCodes.Status415UnsupportedMediaType => "This address does not accept the Content-Type. Send the body as its description says.",
            _ => null,
        };
    }

    /// <summary>The client's name of a field. <c>AddValidation</c> reports the code's: a path such as <c>Items[0].Quantity</c>, or a parameter.</summary>
    private static string FieldOf(string path, HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetOrderedMetadata<IParameterBindingMetadata>().FirstOrDefault(p => p.Name == path)
            ?.ParameterInfo.GetCustomAttribute<FromHeaderAttribute>()?.Name
        ?? string.Join('.', path.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));

    private static string TypeOf(int status) => status switch
    {
        400 => "bad-request",
        404 => "not-found",
        405 => "method-not-allowed",
        413 => "body-too-large",
        415 => "unsupported-media-type",
        429 => "too-many-requests",
        502 => "bad-gateway",
        503 => "unavailable",
        504 => "gateway-timeout",
        < 500 => "client-error",
        _ => "internal-error",
    };
}
