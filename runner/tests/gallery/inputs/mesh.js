// 400 vertices of 16 bytes, as meshoptimizer's encoder writes them.
const encoded = Uint8Array.from(
  atob(
    [
      'oKqqqqoGZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZm',
      'ZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZgAEEAAACAAAAAACAP////8AZGRiZGBiXlxcWFhUUE5M',
      'RkRAPDg0MCwmIh4YEhAIBgAFCQ8TGR0hJysvMzk7P0VHSU9PU1dZWV1fX2FhY2FjY2NjYWFfXVtbV1VTT01JRUM/OTczLSklIRsXEQ0HAwIGCh',
      'IUGh4kKC4wNjg+QkRKTE5SVlZaXF5gYGJiZGRkZGRiYmJgXlxaWFZSUE5KRkJAOjY0LiokIBwWEg4IAgEHCw8VGR8jKS0vNTs9QUNJS09RVVdZ',
      'W11fX2FjYWNjY2NhYWFfW11ZVVVRT0tJRUE9OTUxKykjHxkVDwsHAQIIDhIWHCAmKDAyNjw+QkZKTlBSVlhcXF5gYGJkZGRkZGJkVVVVVSACAI',
      'AAgAAAAAAAQAEAEAQAQBABAAAEAAIAAAgAIAgCAIAIACAAAAAAAAQAEAEAQBABABAAAEAAIAAAgAgAgCBVVVVVKqqqqrqqqqofrqqqqh+rqqqq',
      'H6rqqqofqrqqqh+qrqqqH6qrqqofqqrqqh+qqrqqH6qqrqofqqqrqh+qqqrqH6qqqrofqqqqrh+qqqqrHwAAAAAAAAAAAAAAAP////8AAgYKDh',
      'IWGh4iJiouMjY6PkJGSk5SVlpeYmZqbnJ2en6ChoqOkpaanqKmqq6ytrq+wsbKztLW2t7i5uru8vb6/v359fHt6eXh3dnV0c3JxcG9ubWxraml',
      'oZ2ZlZGNiYWBfXl1cW1pZWFdWVVRTUlFQT05NTEtKSUhHRkVEQ0JBQECBgoOEhYaHiImKi4yNjo+QkZKTlJWWl5iZmpucnZ6foKGio6Slpqeoq',
      'aqrrK2ur7CxsrO0tba3uLm6u7y9vr+/fn18e3p5eHd2dXRzcnFwb25tbGtqaWhnZmVkY2JhYF9eXVxbWllYV1ZVVFNSUVBPTk1MS0pJSEdGRUR',
      'DQkFVFWlqoACAICAgIIIggiIiIiIiKKIooqKioqiqoqqqqqqqqqq6quq6gQEBEIiQiJCJCJCQiQiQkJCQkJCQkJCQkJEJEJCRCRCREJEQkRCRE',
      'QkRERCRERERERERAAAAAAAAAAAAAAAAAAAAACvqlVVAP//gIBAQEBAICAgICAgICAQEBAQEBAQEBAQEBAQEBD4iIiIiIiIiBCIiIiIiIiIiIRE',
      'RERERERERERERERERERERERERERERERERERERERE6qqqqgSqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqEQABADgAgAB4gAAAAIAAAACqqg',
      'JmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmZmYBBACAAAAAAAgA',
      'AP//A2JgXl5cWlhUUlBMSERCPjo0MiwoJB4aFhAKBgIDBw0TFR0fJSkvMTc7PUNHSUtRU1VXWV1dX2FhYWNjY2NjYWFfXV1bV1dTUU1LR0M/PT',
      'czMSknIR0ZEw8JBQAGCBASGhwiJiwwNDg8QERISk5SVFZYXF5eYGJiZGJkZGRkYmJgXl5aWlZUUk5KSERAPDg0LlFVAQgAgAIAAEABAEAEAQBA',
      'AQAABAAIAAAgAIAgCACAIAAgVVUBqqqqquqqqqofuqqqqh+uqqqqH6uqqqofquqqqh+quqqqH6quqqofqquqqh8AAAAAAAAAAAD//wMBAgYKDh',
      'IWGh4iJiouMjY6PkJGSk5SVlpeYmZqbnJ2en6ChoqOkpaanqKmqq6ytrq+wsbKztLW2t7i5uru8vb6/v359fHt6eXh3dnV0c3JxcG9ubWxraml',
      'oZ2ZlZGNiYWBfXl1cW1pZWFdWVVRTUlFQT05NTEtKSUhHRkVEQ0JBQECBgoOEhYaHiImKi4yNjqqqgJERERERERERGREREZERGREZERkRGRGRG',
      'RkRkRkZGRkZGRkZGRkZGZGZGRmRmRmZGZkZmRmZkZmZmRmZmZmZmZmZmZmZmZmZmYBEACAAAAAAAACAAAAAAAAAP//AwD/////////////////',
      '//////////////////////////////////////////////////////////////////////////////////////////////////////////////',
      '///////////////////////////////////////////////////////////////1VVAYiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiIiI',
      'iIiIiAAAAAAAAAAAAAAAAAAAAAAAAAAAANAHAAAAAAAAAAAAAAAA',
    ].join(''),
  ),
  (character) => character.charCodeAt(0),
);

export const inputs = [{ name: '400 vertices', args: [new Uint8Array(400 * 16), 400, 16, encoded, 'ATTRIBUTES'] }];
