using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace MsaAspire.ServiceDefaults;

/// <summary>
/// The OpenAPI document of a module, at <c>/openapi/{module}/v1.json</c>: generated from the handlers and their comments on the first request.
/// </summary>
public static class ApiDescription
{
    /// <summary>The path of a module's document, in every host: the document's name is the module's.</summary>
    public const string Route = "/openapi/{documentName}/v1.json";

    private const string AnyOtherError =
        "Any other error, as RFC 9457 problem details whose `detail` says what to do next: `too-many-requests` (429, see `Retry-After`), "
        + "`bad-gateway` (502), `unavailable` (503), `gateway-timeout` (504), `internal-error` (500). Quote its `traceId` when you report it.";

    /// <summary>What the documents of all services have in common.</summary>
    /// <param name="options">The document.</param>
    /// <param name="title">The service's name.</param>
    /// <param name="description">What it is for, in Markdown.</param>
    public static OpenApiOptions Describe(this OpenApiOptions options, string title, string description) => options
        .AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new() { Title = title, Description = description, Version = "v1" };
            // Clients call the service at the address that the document came from, through the gateway or directly.
            document.Servers = [new() { Url = "/" }];
            return Task.CompletedTask;
        })
        .AddOperationTransformer(NameAndErrorsAsync)
        .AddSchemaTransformer((schema, context, _) =>
        {
            // The type allows a missing field, or has a default for it, so that the error can name it; for the client the field is required.
            var field = context.JsonPropertyInfo?.AttributeProvider ?? (context.ParameterDescription?.ParameterDescriptor as IParameterInfoParameterDescriptor)?.ParameterInfo;
            if (field?.IsDefined(typeof(RequiredAttribute), inherit: false) == true)
                (schema.Type, schema.Default) = (schema.Type & ~JsonSchemaType.Null, null);
            // Numbers are also read from strings; the description omits that to keep generated clients simple.
            if (schema.Format is "int32" or "int64" or "double")
                (schema.Type, schema.Pattern) = (schema.Type & ~JsonSchemaType.String, null);
            return Task.CompletedTask;
        });

    private static async Task NameAndErrorsAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        // One feature is one file; the operation has its name.
        operation.OperationId ??= context.Description.ActionDescriptor.EndpointMetadata.OfType<MethodInfo>().FirstOrDefault()?.DeclaringType?.Name;
        context.Document!.AddComponent(nameof(ProblemDetails), await context.GetOrCreateSchemaAsync(typeof(ProblemDetails), null, cancellation));
        (operation.Responses ??= []).TryAdd("default", new OpenApiResponse
        {
            Description = AnyOtherError,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference(nameof(ProblemDetails), context.Document) },
            },
        });
    }
}
